//! Where credentials go.

use super::*;

#[test]
fn a_username_and_password_travel_in_the_header_alone() {
    for route in ENDPOINTS {
        let (_, url, authorization, body_key) = call(route).request();
        assert_eq!(authorization.as_deref(), Some("Basic YWNtZS1jcm06aHVudGVyMg=="));
        assert!(!url.contains('?') && body_key.is_none(), "{}", route.name);
    }
}

#[test]
fn a_key_travels_in_the_query_encoded() {
    for route in ENDPOINTS {
        let (_, url, authorization, body_key) =
            with_key(route, "k&y=1+ä", KeyPlacement::Query).request();
        assert!(url.ends_with("?api_key=k%26y%3D1%2B%C3%A4"), "{url}");
        assert_eq!((authorization, body_key), (None, None));
    }
}

#[test]
fn a_key_for_the_body_travels_there_where_there_is_one() {
    for route in ENDPOINTS {
        let (_, url, authorization, body_key) =
            with_key(route, "k-1", KeyPlacement::Body).request();
        assert_eq!(authorization, None);
        if [CallVisitorAction::ENDPOINT.name, ListMeetings::ENDPOINT.name].contains(&route.name) {
            assert!(url.ends_with("?api_key=k-1") && body_key.is_none(), "{}", route.name);
        } else {
            assert!(!url.contains('?'), "{}", route.name);
            assert_eq!(body_key.as_deref(), Some("k-1"), "{}", route.name);
        }
    }
    assert!(with_key(&UploadFile::ENDPOINT, "k-1", KeyPlacement::Body).request().3.is_some());
}

#[test]
fn without_credentials_none_are_sent() {
    for route in ENDPOINTS {
        let (_, url, authorization, body_key) = call(route).anonymous().request();
        assert!(!url.contains('?') && authorization.is_none() && body_key.is_none());
    }
}

#[test]
fn credentials_that_cannot_work_are_refused() {
    let basic = |username: &str, password: &str| Credentials::Basic {
        username: username.into(),
        password: password.into(),
    };
    let key = |key: &str| Credentials::ApiKey { key: key.into(), placement: KeyPlacement::Query };
    for (credentials, field) in [
        (basic("", "hunter2"), "username"),
        (basic("acme:crm", "hunter2"), "username"),
        (basic("acme-crm", ""), "password"),
        (key(""), "key"),
        (basic("acme-crm", "hunter2\n"), "password"),
        (basic("acme-crm", " hunter2"), "password"),
        (key("hunter2\t"), "key"),
        (key("\rhunter2"), "key"),
    ] {
        let error = config().credentials(credentials).expect_err("they cannot work");
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some(field)));
        assert!(!error.to_string().contains("hunter2"));
    }
    for credentials in [basic("acme crm", "!hunter 2!"), key("~hunter 2\u{a0}!")] {
        assert!(config().credentials(credentials).is_ok());
    }
}
