//! A file as the body of a form.

use crate::core::operation::File;

/// The body of a `multipart/form-data` form with the file as its part `file`, after the API key if
/// there is one, and its content type.
pub(crate) fn form(file: &File, key: Option<&str>) -> (String, Vec<u8>) {
    let boundary = boundary(&file.bytes);
    let mut body = Vec::with_capacity(file.bytes.len() + 512);
    let mut part = |disposition: &[&str], content_type: &str, content: &[u8]| {
        body.extend_from_slice(b"--");
        body.extend_from_slice(boundary.as_bytes());
        body.extend_from_slice(b"\r\nContent-Disposition: form-data; name=\"");
        for text in disposition {
            body.extend_from_slice(text.as_bytes());
        }
        body.extend_from_slice(b"\"\r\n");
        if !content_type.is_empty() {
            body.extend_from_slice(b"Content-Type: ");
            body.extend_from_slice(content_type.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    if let Some(key) = key {
        part(&["api_key"], "", key.as_bytes());
    }
    let name = match &*file.name {
        "" => "file",
        name => name,
    };
    let is_type = !file.content_type.is_empty() && file.content_type.bytes().all(is_visible);
    let content_type = if is_type { &file.content_type } else { "application/octet-stream" };
    part(&["file\"; filename=\"", &quoted(name)], content_type, &file.bytes);
    body.extend_from_slice([b"--", boundary.as_bytes(), b"--\r\n"].concat().as_slice());
    (["multipart/form-data; boundary=", &boundary].concat(), body)
}

fn is_visible(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// A name as browsers write it between quotation marks.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// A line that does not stand in the file.
fn boundary(bytes: &[u8]) -> String {
    let mut boundary = String::from("----botsplash");
    let mut number = 0_u32;
    while bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes()) {
        number += 1;
        boundary = format!("----botsplash{number}");
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_the_key_first_and_then_the_file() {
        let (content_type, body) = form(&File::new("cat.png", "image/png", "bytes"), Some("k&1"));
        assert_eq!(content_type, "multipart/form-data; boundary=----botsplash");
        let expected = "------botsplash\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\n\
             k&1\r\n------botsplash\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"cat.png\"\r\nContent-Type: image/png\r\n\r\nbytes\r\n------botsplash--\r\n";
        assert_eq!(String::from_utf8_lossy(&body), expected);
    }

    #[test]
    fn neither_name_type_nor_content_can_end_their_part() {
        let file = File::new("a\"\r\nb: c", "text/plain\r\nx: y", "\r\n------botsplash--\r\n");
        let (content_type, body) = form(&file, None);
        assert_eq!(content_type, "multipart/form-data; boundary=----botsplash1");
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("filename=\"a%22%0D%0Ab: c\"\r\n"), "{text}");
        assert!(text.contains("Content-Type: application/octet-stream\r\n\r\n"), "{text}");
    }
}
