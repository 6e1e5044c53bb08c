//! The request schemas of openapi.json: closed, as the client's own are. Answers are left as JSON.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

macro_rules! schema {
    ($name:ident { $($required:ident: $type:ty,)* ; $($field:ident: $optional:ty,)* }) => {
        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $(pub $required: $type,)*
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$optional>,)*
        }
    };
}

schema!(ListenerSubmit { visitor: NewVisitor, ; args: Map<String, Value>, });

schema!(NewVisitor { ;
    client_visitor_id: String,
    agent_client_user_id: String,
    participant_agent_ids: String,
    team_code: String,
    first_name: String,
    last_name: String,
    email: String,
    phone_number: String,
    state: String,
    tz_name: String,
    delivery_status: i64,
    extended_attributes: Map<String, Value>,
});

schema!(VisitorInfo { ;
    client_visitor_id: String,
    client_app_id: String,
    agent_client_user_id: String,
    team_code: String,
    first_name: String,
    last_name: String,
    email: String,
    phone_number: String,
    valid_phone_numbers: Vec<String>,
    state: String,
    milestone: String,
    visitor_status: String,
    tz_name: String,
    delivery_status: i64,
});

schema!(SequenceTrigger { visitor: VisitorInfo, ; });

schema!(VisitorUpdate { ;
    update_only: bool,
    agent_update: bool,
    retain_access: bool,
    retain_phones: bool,
    visitor: VisitorInfo,
});

schema!(MeetingSchedule { agent_client_user_id: String, followup_at: String, ;
    duration: i64,
    notes: String,
    description: String,
    additional_emails: Vec<String>,
});

schema!(MessageSend { text: String, ; visitor: VisitorInfo, });

schema!(PhoneStatusUpdate { items: Vec<PhoneStatusItem>, ; });

schema!(PhoneStatusItem { phone_number: String, status: String, ; });
