//! The nine operations on reqwest.

mod model;

use model::{
    ListenerSubmit, MeetingSchedule, MessageSend, PhoneStatusUpdate, SequenceTrigger, VisitorUpdate,
};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsError>;

#[wasm_bindgen]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    username: String,
    password: String,
}

#[wasm_bindgen]
impl Client {
    #[wasm_bindgen(constructor)]
    pub fn new(
        base_url: &str,
        app_id: &str,
        username: String,
        password: String,
    ) -> Result<Client, JsError> {
        let mut base = Url::parse(base_url)?;
        base.path_segments_mut().map_err(|()| JsError::new("no base"))?.push(app_id);
        Ok(Client { http: reqwest::Client::new(), base, username, password })
    }

    #[wasm_bindgen(js_name = submitListener)]
    pub async fn submit_listener(&self, id: &str, submission: JsValue) -> Answer {
        self.post::<ListenerSubmit>(&["listener", "botsplash", id], submission).await
    }

    #[wasm_bindgen(js_name = uploadFile)]
    pub async fn upload_file(&self, file: Vec<u8>, name: String) -> Answer {
        let form = Form::new().part("file", Part::bytes(file).file_name(name));
        send(self.request(Method::POST, &["upload"]).multipart(form)).await
    }

    #[wasm_bindgen(js_name = triggerSequence)]
    pub async fn trigger_sequence(&self, id: &str, trigger: JsValue) -> Answer {
        self.post::<SequenceTrigger>(&["sequence", id], trigger).await
    }

    #[wasm_bindgen(js_name = updateVisitor)]
    pub async fn update_visitor(&self, kind: &str, id: &str, update: JsValue) -> Answer {
        self.post::<VisitorUpdate>(&["visitor", kind, id], update).await
    }

    #[wasm_bindgen(js_name = callVisitorAction)]
    pub async fn call_visitor_action(&self, kind: &str, id: &str, action: &str) -> Answer {
        send(self.request(Method::POST, &["visitor", kind, id, "action", action])).await
    }

    #[wasm_bindgen(js_name = listMeetings)]
    pub async fn list_meetings(&self, kind: &str, id: &str) -> Answer {
        send(self.request(Method::GET, &["visitor", kind, id, "meeting"])).await
    }

    #[wasm_bindgen(js_name = scheduleMeeting)]
    pub async fn schedule_meeting(&self, kind: &str, id: &str, meeting: JsValue) -> Answer {
        self.post::<MeetingSchedule>(&["visitor", kind, id, "meeting"], meeting).await
    }

    #[wasm_bindgen(js_name = sendMessage)]
    pub async fn send_message(&self, message: JsValue) -> Answer {
        self.post::<MessageSend>(&["message"], message).await
    }

    #[wasm_bindgen(js_name = updatePhoneStatuses)]
    pub async fn update_phone_statuses(&self, update: JsValue) -> Answer {
        self.post::<PhoneStatusUpdate>(&["phone", "status"], update).await
    }
}

impl Client {
    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(path);
        }
        self.http
            .request(method, url)
            .basic_auth(&self.username, Some(&self.password))
            .header("Accept", "application/json")
    }

    async fn post<B: Serialize + DeserializeOwned>(&self, path: &[&str], body: JsValue) -> Answer {
        let body: B = serde_wasm_bindgen::from_value(body)?;
        send(self.request(Method::POST, path).json(&body)).await
    }
}

async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await?;
    let status = response.status();
    if !status.is_success() {
        let text = response.text().await?;
        return Err(JsError::new(&format!("{status}: {text}")));
    }
    let answer: serde_json::Value = response.json().await?;
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
