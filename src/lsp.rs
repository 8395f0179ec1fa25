//! The face for editors: the language server protocol over a pair of pipes. One thread reads, one works; a text is
//! looked at again when no more edits wait. Nothing but the protocol is written, nothing is stored.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use lsp_server::Message;

use crate::check::Checked;
use crate::document::Document;
use crate::facts::Given;
use crate::locale::Locale;
use crate::pack::Pack;
use crate::plan::Plan;
use crate::problem::Problem;

mod actions;
mod client;
mod completion;
mod diagnostics;
mod edits;
mod fields;
mod hover;
mod meaning;
mod names;
mod open;
mod outline;
mod pack_file;
mod queue;
mod rename;
mod report_file;
mod session;
mod text;
mod transport;
mod uri;

use queue::{Ended, Queue};
use session::Session;
use transport::Incoming;

/// Edits that follow one another faster are looked at together.
const QUIET: Duration = Duration::from_millis(60);
/// However fast the edits follow, a text is looked at so often.
const PATIENCE: Duration = Duration::from_secs(1);

/// What reports are held against.
pub struct Setup {
    /// The packs.
    pub packs: Vec<Pack>,
    /// Their rules, compiled.
    pub plan: Plan,
    /// Facts set from outside.
    pub given: Given,
    /// What is wrong with the packs.
    pub problems: Vec<Problem>,
    /// Whether the file is a report at all: a project says which are.
    pub asked: bool,
    /// What does not count, by leave of a project.
    pub settle: Box<Settle>,
    /// Whether somebody chose these packs for this file. Else a file that they are not for is left alone: not every .md
    /// is a report.
    pub chosen: bool,
}

/// Takes out of the verdicts on a report what does not count.
pub type Settle = dyn Fn(&Plan, &Document, &mut Checked);

/// What a report is held against, or why nothing can be had.
pub type Prepared = Result<Rc<Setup>, Vec<Problem>>;

/// What a report at a path is held against.
pub type Prepare<'a> = &'a dyn Fn(Option<&Path>) -> Prepared;

/// Serves one client until it says farewell or its pipe ends: whether it went as the protocol has it.
///
/// # Errors
/// The pipes cannot be read or written.
pub fn serve(
    input: impl BufRead + Send + 'static,
    mut output: impl Write,
    prepare: Prepare<'_>,
    locale: Locale,
) -> io::Result<bool> {
    let (sender, receiver) = mpsc::channel();
    // Not joined: it may wait for input that never comes.
    std::thread::spawn(move || read_all(input, &sender));
    let mut session = Session::new(prepare, locale);
    let mut queue = Queue::default();
    loop {
        if !wait(&receiver, &mut queue, &session)? {
            session.look();
        }
        while let Some(message) = queue.next() {
            session.take(message);
            send(&mut output, &mut session, &mut queue)?;
            queue.take_all(&receiver);
        }
        send(&mut output, &mut session, &mut queue)?;
        match (session.left(), queue.ended()) {
            (Some(well), _) => return Ok(well),
            (None, Ended::No) => {}
            (None, Ended::Yes) => return Ok(session.may_leave()),
            (None, Ended::Broken(why)) => return Err(io::Error::new(io::ErrorKind::InvalidData, why.clone())),
        }
    }
}

fn read_all(mut input: impl BufRead, sender: &mpsc::Sender<io::Result<Incoming>>) {
    loop {
        let (item, last) = match transport::read(&mut input) {
            Ok(Some(incoming)) => (Ok(incoming), false),
            Ok(None) => return,
            Err(why) => (Err(why), true),
        };
        if sender.send(item).is_err() || last {
            return;
        }
    }
}

/// Waits for a message; `false` where it is time to look at what was edited.
fn wait(receiver: &Receiver<io::Result<Incoming>>, queue: &mut Queue, session: &Session<'_>) -> io::Result<bool> {
    let Some(since) = session.edited() else {
        queue.push(receiver.recv().map_err(|_| RecvTimeoutError::Disconnected));
        queue.take_all(receiver);
        return Ok(true);
    };
    if Instant::now().duration_since(since) > PATIENCE {
        return Ok(false);
    }
    match receiver.recv_timeout(QUIET) {
        Err(RecvTimeoutError::Timeout) => return Ok(false),
        other => queue.push(other),
    }
    queue.take_all(receiver);
    Ok(true)
}

/// Writes what there is to say.
fn send(output: &mut impl Write, session: &mut Session<'_>, queue: &mut Queue) -> io::Result<()> {
    for bad in queue.bad() {
        transport::refuse(output, &bad)?;
    }
    for message in queue.cancelled().into_iter().chain(session.said()) {
        transport::write(output, &message)?;
    }
    Ok(())
}

/// A notification of ours.
fn notification(method: &str, params: &impl serde::Serialize) -> Message {
    let params = serde_json::to_value(params).unwrap_or_default();
    Message::Notification(lsp_server::Notification { method: method.to_owned(), params })
}
