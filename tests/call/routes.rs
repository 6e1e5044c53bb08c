//! Methods and paths that the caller replaces.

use super::*;

#[test]
fn a_route_can_be_replaced_and_the_last_word_counts() {
    let replaced =
        call(&ScheduleMeeting::ENDPOINT).args(["clientAppId", "a/1"]).configured(|config| {
            config
                .route(&ScheduleMeeting::ENDPOINT, "POST /{appId}/{idType}/{idValue}/once")?
                .route(&ScheduleMeeting::ENDPOINT, "PUT /v2/{idValue}/of/{idType}/{appId}")
        });
    let (method, url, ..) = replaced.request();
    assert_eq!(method, Method::Put);
    // Each value goes where its placeholder went.
    assert_eq!(url, format!("{BASE_URL}/v2/a%2F1/of/clientAppId/acme"));
}

#[test]
fn a_route_replaces_no_other() {
    let config = config().route(&SendMessage::ENDPOINT, "POST /{appId}/messages").expect("it fits");
    let url = |route| Scenario { config: config.clone(), ..call(route) }.url();
    assert_eq!(url(&SendMessage::ENDPOINT), format!("{BASE_URL}/acme/messages"));
    assert_eq!(url(&TriggerSequence::ENDPOINT), format!("{BASE_URL}/acme/sequence/7"));
}

#[test]
fn a_route_that_does_not_fit_is_refused() {
    for replacement in [
        "",
        "/{appId}/sequence/{id}",
        "POST",
        "POST ",
        "POST {appId}/sequence/{id}",
        "post /{appId}/sequence/{id}",
        "HEAD /{appId}/sequence/{id}",
        "POST  /{appId}/sequence/{id}",
        "POST https://evil.example/{appId}/{id}",
        "POST //evil.example/{appId}/{id}",
        "POST /{appId}/sequence",
        "POST /{appId}/{appId}/{id}",
        "POST /{appId}/{id}/{id}",
        "POST /{appId}/{id}/{more}",
        "POST /{appid}/{id}",
        "POST /{appId}/x{id}",
        "POST /{appId}/{id}/",
        "POST /{appId}/../{id}",
        "POST /{appId}/./{id}",
        "POST /{appId}/%2e%2e/{id}",
        "POST /{appId}/a b/{id}",
        "POST /{appId}/{id}?force=1",
        "POST /{appId}/{id}#top",
        "POST /{appId}\\{id}",
        "GET /{appId}/sequence/{id}",
    ] {
        let error = config().route(&TriggerSequence::ENDPOINT, replacement).expect_err(replacement);
        assert_eq!(error.code(), ErrorCode::Configuration, "{replacement}");
        assert_eq!(error.field(), Some("route"), "{replacement}");
        assert_eq!(error.delivery(), NotSent, "{replacement}");
    }
    // Without a body, GET is as good as POST.
    let action = "GET /{appId}/{idType}/{idValue}/{actionId}";
    assert!(config().route(&CallVisitorAction::ENDPOINT, action).is_ok());
}
