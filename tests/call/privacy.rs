//! The data that nobody may read.
// cspell:ignore unter

use super::*;

#[test]
fn no_error_repeats_a_secret_that_the_server_or_the_runtime_quotes() {
    let secrets = ["hunter2", "aHVudGVyMg", "YWNtZS1jcm06aHVudGVyMg"];
    let quote = "you sent hunter2, aHVudGVyMg==, Basic YWNtZS1jcm06aHVudGVyMg== and %68unter2";
    let leak = || Cause::named(quote, Some(quote.into()));
    let scenarios = [
        call(READ),
        with_key(READ, "hunter2", KeyPlacement::Query),
        with_key(IDEMPOTENT, "hunter2", KeyPlacement::Body),
    ];
    for scenario in scenarios.map(|scenario| scenario.retries(0)) {
        let basic = scenario.request().2.is_some();
        for error in [
            scenario.fails([status(500).text(quote).request_id(quote)]),
            scenario.fails([page(200).text(quote).request_id(quote)]),
            scenario.fails([ends(End::Lost(leak())).request_id(quote)]),
        ] {
            let parts = [
                error.to_string(),
                format!("{error:?} {error:#?}"),
                error.body().unwrap_or_default().to_owned(),
                error.request_id().unwrap_or_default().to_owned(),
                error.hint().unwrap_or_default().into_owned(),
                format!("{:?}", error.cause()),
            ];
            for part in parts {
                for secret in &secrets[..if basic { 3 } else { 2 }] {
                    assert!(!part.contains(secret), "{secret} in {part}");
                }
                assert!(!part.contains("%68unter2"), "{part}");
            }
        }
    }
}

#[test]
fn an_error_prints_neither_the_body_nor_the_arguments() {
    let quote = "Jane Doe, 3334445555";
    let scenario = call(SEND).args(["secret-listener"]);
    for error in [
        scenario.fails([status(422).text(quote)]),
        scenario.fails([page(200).text(quote)]),
        scenario.fails([lost()]),
    ] {
        for printed in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!printed.contains("3334445555"), "{printed}");
            assert!(!printed.contains("secret-listener"), "{printed}");
            assert!(!printed.contains(BASE_URL), "{printed}");
        }
    }
}

#[test]
fn a_secret_and_an_outcome_say_when_printed_that_they_hide_something() {
    assert_eq!(format!("{:?}", botsplash::Secret::from("hunter2")), "[redacted]");
    let printed = format!("{:?}", answered(422, End::Text("Jane".into())).outcome);
    assert_eq!(printed, "Outcome { status: Some(422), .. }");
}
