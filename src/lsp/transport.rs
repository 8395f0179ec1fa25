//! Messages over pipes: framing by `Content-Length`, JSON to messages. What cannot be read is told to the client, and the
//! next message is read as if nothing had been.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, RequestId};
use serde_json::{Value, json};

/// Bytes of one message: four times the largest report, for JSON escapes.
const LARGEST: u64 = 256 << 20;
/// Bytes of a line of the header.
const LONGEST_HEADER: u64 = 4096;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, and what to answer.
    Bad(Bad),
}

/// Something that is no message.
#[derive(Debug)]
pub struct Bad {
    /// The request it was, where that much can be read.
    id: Option<RequestId>,
    code: ErrorCode,
    message: String,
}

/// Reads the next message; `None` where the input has ended.
///
/// # Errors
/// The input cannot be read, or is framed in no way that shows where the next message begins.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else { return Ok(None) };
    if length > LARGEST {
        io::copy(&mut input.take(length), &mut io::sink())?;
        let message = format!("a message of {length} bytes is too large, at most {LARGEST} are read");
        return Ok(Some(Incoming::Bad(Bad { id: None, code: ErrorCode::InvalidRequest, message })));
    }
    // Grows as bytes come in: what the header claims is no reason to take memory.
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(parse(&bytes)))
}

fn parse(bytes: &[u8]) -> Incoming {
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(why) => {
            return Incoming::Bad(Bad { id: None, code: ErrorCode::ParseError, message: why.to_string() });
        }
    };
    let id = value.get("id").cloned();
    match serde_json::from_value::<Message>(value) {
        // A request whose id nobody can read would pass for a notification, and wait for its answer for ever.
        Ok(Message::Notification(_)) if id.is_some() => {}
        Ok(message) => return Incoming::Message(message),
        Err(_) => {}
    }
    let id = id.and_then(|it| serde_json::from_value(it).ok());
    let message = "this is no request, response or notification".to_owned();
    Incoming::Bad(Bad { id, code: ErrorCode::InvalidRequest, message })
}

/// The length that a header gives.
fn header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        if !line.ends_with('\n') {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a header of a message does not end"));
        }
        match (line.trim().split_once(':'), length) {
            (Some((name, value)), _) if name.trim().eq_ignore_ascii_case("Content-Length") => {
                length = value.trim().parse::<u64>().ok();
            }
            (Some(_), _) => {}
            (None, Some(length)) => return Ok(Some(length)),
            (None, None) if line.trim().is_empty() => {}
            (None, None) => return Err(io::Error::new(io::ErrorKind::InvalidData, "a message has no Content-Length")),
        }
    }
}

/// Writes a message.
///
/// # Errors
/// The output cannot be written.
pub fn write(output: &mut impl Write, message: &Message) -> io::Result<()> {
    message.write(output)
}

/// Writes the answer to what is no message.
///
/// # Errors
/// The output cannot be written.
pub fn refuse(output: &mut impl Write, bad: &Bad) -> io::Result<()> {
    let error = json!({ "code": bad.code as i32, "message": bad.message });
    let text = json!({ "jsonrpc": "2.0", "id": bad.id, "error": error }).to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds of what comes out of a stream.
    fn kinds(stream: &str) -> Vec<String> {
        let mut input = stream.as_bytes();
        let mut kinds = Vec::new();
        loop {
            kinds.push(match read(&mut input) {
                Ok(Some(Incoming::Message(Message::Request(it)))) => it.method,
                Ok(Some(Incoming::Message(Message::Notification(it)))) => it.method,
                Ok(Some(Incoming::Message(Message::Response(_)))) => "response".to_owned(),
                Ok(Some(Incoming::Bad(bad))) => format!("bad {} {:?}", bad.code as i32, bad.id.is_some()),
                Ok(None) => return kinds,
                Err(_) => {
                    kinds.push("broken".to_owned());
                    return kinds;
                }
            });
        }
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn bad_messages_are_told_and_the_next_is_read() {
        let good = framed(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#);
        for (bad, told) in [
            (framed("{"), "bad -32700 false"),
            (framed("[]"), "bad -32600 false"),
            (framed(r#"{"id":7,"method":5}"#), "bad -32600 true"),
            (framed(r#"{"id":99999999999,"method":"x"}"#), "bad -32600 false"),
            (framed(&"[".repeat(100_000)), "bad -32700 false"),
            (framed("\u{feff}{}"), "bad -32700 false"),
            (framed(r#"{"method":"$/x","params":null}"#), "$/x"),
            (framed(r#"{"id":1,"result":null}"#), "response"),
            ("Content-Type: x\r\ncontent-length : 2\r\n\r\n{}".to_owned(), "bad -32600 false"),
        ] {
            assert_eq!(kinds(&format!("{bad}{good}")), [told, "shutdown"], "{bad:.60}");
        }
    }

    #[test]
    fn a_stream_without_frames_ends() {
        assert!(kinds("").is_empty());
        assert!(kinds("Content-Length: 99999999999999999\r\n\r\n{}").len() == 1);
        assert!(kinds("Content-Length: 50\r\n\r\n{}").is_empty());
        assert_eq!(kinds(&"x".repeat(10_000)).last().unwrap(), "broken");
        assert_eq!(kinds("hello\r\n\r\n").last().unwrap(), "broken");
    }
}
