//! How a URL is put together.
// cspell:ignore Bapp

use super::*;

#[test]
fn a_path_argument_is_one_encoded_segment() {
    for (id, segment) in [
        ("plain-_.~1", "plain-_.~1"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("a?b#c", "a%3Fb%23c"),
        ("{appId}", "%7BappId%7D"),
        ("ä 日", "%C3%A4%20%E6%97%A5"),
        ("a\nb\0", "a%0Ab%00"),
        ("@:;,=+&$!*'()", "%40%3A%3B%2C%3D%2B%26%24%21%2A%27%28%29"),
    ] {
        let url = call(SEND).args([id]).url();
        assert_eq!(url, format!("{BASE_URL}/acme/listener/botsplash/{segment}"));
    }
}

#[test]
fn an_argument_that_cannot_be_a_segment_is_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let error = call(SEND).args([id]).refused();
        assert_eq!((error.code(), error.field()), (ErrorCode::Validation, Some("id")));
        assert_eq!((error.operation(), error.delivery()), (Some(SEND.name), NotSent));
        assert!(error.to_string().contains("Nothing was sent"), "{error}");

        let error = Config::new(BASE_URL, id).expect_err("it is not a segment");
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("app_id")));
    }
}

#[test]
fn the_app_id_is_encoded_too() {
    let config = Config::new(BASE_URL, "my app/1").expect("it can be encoded");
    let url = Scenario { config, ..call(&SendMessage::ENDPOINT) }.url();
    assert_eq!(url, format!("{BASE_URL}/my%20app%2F1/message"));
}

#[test]
fn a_base_url_is_absolute() {
    for (base, expected) in [
        ("https://relay.example", "https://relay.example/acme/message"),
        ("https://relay.example/", "https://relay.example/acme/message"),
        ("http://127.0.0.1:8787/open/v1//", "http://127.0.0.1:8787/open/v1/acme/message"),
        ("HTTPS://relay.example", "HTTPS://relay.example/acme/message"),
        ("http://[::1]:8787/a", "http://[::1]:8787/a/acme/message"),
        ("https://bücher.example:65535", "https://bücher.example:65535/acme/message"),
        ("https://relay_1.example./a%20b", "https://relay_1.example./a%20b/acme/message"),
    ] {
        let config = Config::new(base, "acme").expect(base);
        assert_eq!(Scenario { config, ..call(&SendMessage::ENDPOINT) }.url(), expected);
    }
}

#[test]
fn a_base_url_that_would_lead_elsewhere_is_refused() {
    for base in [
        "",
        "relay",
        "relay.example/open",
        "//evil.example",
        "https://",
        "https:///path",
        "ftp://relay.example",
        // Nothing here could resolve a path; a page does.
        "/relay",
        "/",
        "https://%",
        "https://relay.example/%2",
        "https://relay.example/100%",
        "https://relay.example/%g0",
        "http://:80",
        "http://h:",
        "http://h:65536",
        "http://h:8o",
        "http://h:-1",
        "http://h:000080",
        "http://h:80:80",
        "http://.",
        "http://-h",
        "http://h<",
        "http://[::1",
        "http://[]",
        "http://[::1]80",
        "http://[::1]:",
        "http://[h]",
        "http://::1",
        "https:/relay.example",
        "https:relay.example",
        "javascript:alert(1)",
        "https:\\\\relay.example",
        "/\\evil.example",
        "https://user:hunter2@relay.example",
        "https://relay.example/?key=hunter2",
        "https://relay.example/#top",
        "https://relay .example",
        " https://relay.example",
        "https://relay.example\n",
    ] {
        let error = Config::new(base, "acme").expect_err(base);
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("base_url")));
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn a_submission_key_is_the_query_that_a_relay_reads() {
    let options = CallOptions::new().submission_key("k-1").retries(1);
    let relay = Config::new("https://relay.example", "acme").expect("the base is good");
    let url = Scenario { config: relay, options, ..call(SEND) }.url();
    assert_eq!(url, "https://relay.example/acme/listener/botsplash/7?submissionKey=k-1");
}
