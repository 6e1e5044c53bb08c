//! stub, replaced shortly
#[cfg(target_arch = "wasm32")]
mod stub {
    use wasm_bindgen::prelude::*;
    #[wasm_bindgen(module = "/src/js/error.js")]
    extern "C" {
        type BotsplashError;
        #[wasm_bindgen(constructor)]
        fn new(message: &str, fields: &JsValue, hidden: &JsValue) -> BotsplashError;
    }
    /// A client.
    #[wasm_bindgen]
    pub struct RawClient {
        _options: JsValue,
    }
    #[wasm_bindgen]
    impl RawClient {
        /// Keeps the options.
        #[wasm_bindgen(constructor)]
        pub fn new(#[wasm_bindgen(unchecked_param_type = "ClientOptions")] options: JsValue) -> RawClient {
            RawClient { _options: options }
        }
        /// Submits.
        #[wasm_bindgen(js_name = submitListener, unchecked_return_type = "Promise<ListenerSubmitResponse>")]
        pub fn submit_listener(
            &self,
            #[wasm_bindgen(js_name = listenerId, unchecked_param_type = "string")] id: JsValue,
            submission: JsValue,
            #[wasm_bindgen(unchecked_param_type = "CallOptions")] call: Option<js_sys::Object>,
        ) -> js_sys::Promise {
            let _ = (id, submission, call);
            wasm_bindgen_futures::future_to_promise(async { Err(BotsplashError::new("stub", &js_sys::Object::new(), &js_sys::Object::new()).into()) })
        }
    }
}
