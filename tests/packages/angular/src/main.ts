import { Component, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { submit } from "../submit-in-page.js";

@Component({
  selector: "app-root",
  template: `<form (submit)="send($event)"><button>Submit</button></form><output>{{ answer() }}</output>`,
})
class App {
  readonly answer = signal("");

  async send(event: Event): Promise<void> {
    event.preventDefault();
    this.answer.set(JSON.stringify(await submit()));
  }
}

await bootstrapApplication(App);
