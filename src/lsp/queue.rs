//! Messages that wait. A request that is cancelled before its turn is answered so, and never worked on.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use lsp_server::{ErrorCode, Message, RequestId, Response};

use crate::lsp::transport::{Bad, Incoming};

/// Whether more can come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ended {
    /// The client is there.
    #[default]
    No,
    /// Its pipe has ended.
    Yes,
    /// Its pipe holds what nobody can read.
    Broken(String),
}

/// What came in and waits.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: VecDeque<Message>,
    bad: Vec<Bad>,
    cancelled: Vec<Message>,
    ended: Ended,
}

impl Queue {
    /// Takes in what came.
    pub fn push(&mut self, incoming: Result<io::Result<Incoming>, RecvTimeoutError>) {
        match incoming {
            Ok(Ok(Incoming::Message(Message::Notification(it)))) if it.method == "$/cancelRequest" => {
                self.cancel(it.params.get("id"));
            }
            Ok(Ok(Incoming::Message(message))) => self.waiting.push_back(message),
            Ok(Ok(Incoming::Bad(bad))) => self.bad.push(bad),
            Ok(Err(why)) => self.ended = Ended::Broken(why.to_string()),
            Err(RecvTimeoutError::Disconnected) if self.ended == Ended::No => self.ended = Ended::Yes,
            Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => {}
        }
    }

    /// Takes in all that is there already.
    pub fn take_all(&mut self, receiver: &Receiver<io::Result<Incoming>>) {
        receiver.try_iter().for_each(|it| self.push(Ok(it)));
    }

    /// The next message.
    pub fn next(&mut self) -> Option<Message> {
        self.waiting.pop_front()
    }

    /// What could not be read since this was last asked.
    pub fn bad(&mut self) -> Vec<Bad> {
        std::mem::take(&mut self.bad)
    }

    /// The answers to cancelled requests since this was last asked.
    pub fn cancelled(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.cancelled)
    }

    /// Whether more can come.
    pub const fn ended(&self) -> &Ended {
        &self.ended
    }

    fn cancel(&mut self, id: Option<&serde_json::Value>) {
        let Some(id) = id.and_then(|it| serde_json::from_value::<RequestId>(it.clone()).ok()) else { return };
        let asked = |it: &Message| matches!(it, Message::Request(request) if request.id == id);
        let Some(at) = self.waiting.iter().position(asked) else { return };
        self.waiting.remove(at);
        let answer = Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned());
        self.cancelled.push(Message::Response(answer));
    }
}
