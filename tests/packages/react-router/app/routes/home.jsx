import { Lead } from "../../Lead.jsx";

export default Lead;
