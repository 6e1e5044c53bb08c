// The two forms, and the calls they make.
import { setUpCall } from "./call";
import { mishapChooser } from "./faults";
import { phoneView } from "./phone";

const phone = phoneView();
const surroundings = { beforeAttempt: mishapChooser(), afterCall: phone.refresh };

setUpCall("submit-listener", surroundings, (client, value, signal) =>
  client.submitListener(
    value("listenerId") ?? "",
    {
      visitor: {
        clientVisitorId: value("visitor.clientVisitorId"),
        firstName: value("visitor.firstName"),
        lastName: value("visitor.lastName"),
        email: value("visitor.email"),
        phoneNumber: value("visitor.phoneNumber"),
        state: value("visitor.state"),
      },
      args: { message: value("args.message") },
    },
    { signal },
  ),
);

setUpCall("send-message", surroundings, (client, value, signal) =>
  client.sendMessage(
    {
      text: value("text") ?? "",
      visitor: {
        clientVisitorId: value("visitor.clientVisitorId"),
        phoneNumber: value("visitor.phoneNumber"),
      },
    },
    { signal },
  ),
);

await phone.refresh();
