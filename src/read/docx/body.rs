//! The walk through the XML of a document: what Word shows becomes text, what it does not show does not.

use std::borrow::Cow;

use super::numbering::{Counter, Numbering};
use super::properties::{self, each, word};
use super::story::{Frame, Story};
use super::styles::Styles;
use super::symbol::symbol;
use super::{Hold, Run};
use crate::read::damage::Damage;
use crate::read::xml::{Space, Tag, Token, Xml};
use crate::span::Span;

/// Reads the part that holds the text.
pub fn read(part: &str, text: &str, styles: &Styles, numbering: &Numbering) -> Result<Story, Damage> {
    let walk = |fields: bool| Walk::new(part, text, styles, numbering, fields).whole();
    let (story, open) = walk(true)?;
    // A field that never ends would take all the text behind it for its instruction.
    if open { Ok(walk(false)?.0) } else { Ok(story) }
}

struct Walk<'a> {
    xml: Xml<'a>,
    styles: &'a Styles,
    counter: Counter<'a>,
    story: Story,
    /// The open paragraphs: a text box stands inside of one.
    frames: Vec<Frame>,
    /// A paragraph whose end was deleted, and how many paragraphs were open around it.
    carried: Option<(usize, Frame)>,
    /// The run at hand.
    run: Option<usize>,
    /// Whether the run at hand is hidden.
    hidden: bool,
    /// Whether what is read was put in under change tracking.
    inserted: bool,
    /// Whether it stands in a table of several columns.
    cell: bool,
    /// Of each open field, whether its result has begun. `None` where fields are not heeded.
    fields: Option<Vec<bool>>,
    /// Whether a paragraph has the style of titles.
    titled: bool,
}

impl<'a> Walk<'a> {
    fn new(part: &'a str, text: &'a str, styles: &'a Styles, numbering: &'a Numbering, fields: bool) -> Walk<'a> {
        Walk {
            xml: Xml::new(part, text),
            styles,
            counter: Counter::new(numbering),
            story: Story::default(),
            frames: Vec::new(),
            carried: None,
            run: None,
            hidden: false,
            inserted: false,
            cell: false,
            fields: fields.then(Vec::new),
            titled: false,
        }
    }

    /// Everything; and whether a field was still open at the end.
    fn whole(mut self) -> Result<(Story, bool), Damage> {
        while let Some(token) = self.xml.read()? {
            if let Token::Open(tag) = token {
                self.element(&tag)?;
            }
        }
        self.put_down();
        self.story.settle_levels(self.titled);
        let open = self.fields.is_some_and(|it| it.iter().any(|result| !result));
        Ok((self.story, open))
    }

    /// What stands in the element whose tag was read last.
    fn children(&mut self) -> Result<(), Damage> {
        while let Some(token) = self.xml.read()? {
            match token {
                Token::Open(tag) => self.element(&tag)?,
                Token::Close => return Ok(()),
                Token::Text(_) => {}
            }
        }
        Ok(())
    }

    fn element(&mut self, tag: &Tag<'a>) -> Result<(), Damage> {
        match (tag.space, tag.name()) {
            (Space::Word, name) => self.word(name, tag),
            (Space::Compatibility, "AlternateContent") => self.alternatives(),
            (Space::Math, "t") => self.formula(),
            _ => self.children(),
        }
    }

    fn word(&mut self, name: &str, tag: &Tag<'a>) -> Result<(), Damage> {
        match name {
            "p" => self.paragraph(),
            "pPr" => self.paragraph_properties(),
            "r" => self.run(),
            "rPr" => self.run_properties(),
            "t" => self.text(tag),
            "tbl" => self.table(),
            "tr" | "tc" => self.row(),
            "ins" | "moveTo" => self.insertion(),
            "tab" | "ptab" => self.character(Some('\t')),
            "br" | "cr" => self.character(Some('\n')),
            "noBreakHyphen" => self.character(Some('-')),
            "sym" => self.character(symbol(tag)),
            "fldChar" => self.field(tag),
            "altChunk" | "subDoc" => Err(Damage::Embedded),
            // Deleted text, the reading aids over characters, instructions of fields, and what only says how things look.
            "del" | "moveFrom" | "rt" | "instrText" | "delText" | "delInstrText" | "sectPr" | "tblPr" | "tblGrid"
            | "sdtPr" | "sdtEndPr" | "ffData" => self.xml.skip(),
            _ => self.children(),
        }
    }

    fn paragraph(&mut self) -> Result<(), Damage> {
        let start = self.xml.span().end;
        let (run, hidden) = (self.run.take(), std::mem::take(&mut self.hidden));
        let mut frame = Frame { cell: self.cell, xml: Span::new(start, start), ..Frame::default() };
        frame.properties = self.styles.complete(frame.properties);
        if let Some((_, before)) = self.carried.take_if(|(depth, _)| *depth == self.frames.len()) {
            frame.take_up(before);
        }
        self.frames.push(frame);
        self.children()?;
        (self.run, self.hidden) = (run, hidden);
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        frame.xml.end = self.xml.span().start.max(frame.xml.start);
        if frame.properties.joined {
            self.carried = Some((self.frames.len(), frame));
        } else {
            self.put(frame);
        }
        Ok(())
    }

    /// Puts a finished paragraph where it belongs: a text box behind the paragraph it hangs on.
    fn put(&mut self, frame: Frame) {
        match self.frames.last_mut() {
            Some(around) => around.later.push(frame),
            None => self.story.add(frame),
        }
    }

    /// A paragraph whose end was deleted, and no other followed it.
    fn put_down(&mut self) {
        if let Some((_, frame)) = self.carried.take_if(|(depth, _)| *depth >= self.frames.len()) {
            self.put(frame);
        }
    }

    fn paragraph_properties(&mut self) -> Result<(), Damage> {
        let own = properties::paragraph(&mut self.xml)?;
        let end = self.xml.span().end;
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        frame.title = self.styles.is_title(own.style.as_deref());
        self.titled |= frame.title && !frame.cell;
        frame.properties = self.styles.complete(own);
        let number =
            if frame.properties.joined { String::new() } else { self.counter.next(&frame.properties, self.styles) };
        let carried = std::mem::take(&mut frame.text);
        let bits = std::mem::take(&mut frame.bits);
        if carried.is_empty() {
            frame.xml.start = end;
        }
        if !number.is_empty() {
            frame.push(&number, Span::new(frame.xml.start, frame.xml.start), Hold::Outside);
        }
        let by = frame.text.len();
        frame.text.push_str(&carried);
        frame.bits.extend(bits.into_iter().map(|bit| super::Bit { text: bit.text.shift(by), ..bit }));
        Ok(())
    }

    fn run(&mut self) -> Result<(), Damage> {
        let tag = self.xml.span();
        let properties = Span::new(tag.end, tag.end);
        let outer = self.run.replace(self.story.runs.len());
        self.story.runs.push(Run { xml: tag, tag, properties, inserted: self.inserted });
        let usual = self.is_hidden(&properties::RunProperties::default());
        let hidden = std::mem::replace(&mut self.hidden, usual);
        self.children()?;
        let end = self.xml.span().end;
        if let Some(run) = self.run.and_then(|at| self.story.runs.get_mut(at)) {
            run.xml.end = end;
        }
        (self.run, self.hidden) = (outer, hidden);
        Ok(())
    }

    fn run_properties(&mut self) -> Result<(), Damage> {
        let (own, span) = properties::run(&mut self.xml)?;
        if let Some(run) = self.run.and_then(|at| self.story.runs.get_mut(at)) {
            run.properties = span;
            self.hidden = self.is_hidden(&own);
        }
        Ok(())
    }

    fn is_hidden(&self, own: &properties::RunProperties) -> bool {
        let style = self.frames.last().and_then(|it| it.properties.style.as_deref());
        self.styles.is_hidden(own, style)
    }

    fn is_shown(&self) -> bool {
        !self.hidden && self.fields.iter().flatten().all(|result| *result)
    }

    /// A `w:t`. White space at its ends counts only where it says so.
    fn text(&mut self, tag: &Tag<'a>) -> Result<(), Damage> {
        let place = self.xml.span();
        let mut parts = self.parts()?;
        if tag.get("space").as_deref() != Some("preserve") {
            trim(&mut parts);
        }
        let shown = self.is_shown();
        let (Some(frame), Some(run)) = (self.frames.last_mut().filter(|_| shown), self.run) else { return Ok(()) };
        for (text, xml) in parts {
            let verbatim = text.len() == xml.len();
            let hold = if verbatim { Hold::Text { run, tag: place } } else { Hold::Reference { run, tag: place } };
            // A line break inside is a space, as in all XML.
            frame.push(&text.replace(['\n', '\r', '\t'], " "), xml, hold);
        }
        Ok(())
    }

    /// The text of an element that holds nothing else, in parts, each with its place.
    fn parts(&mut self) -> Result<Vec<(Cow<'a, str>, Span)>, Damage> {
        let mut parts = Vec::new();
        while let Some(token) = self.xml.read()? {
            match token {
                Token::Open(_) => self.xml.skip()?,
                Token::Close => break,
                // A marked section is longer in the XML than what it says, and so never taken for verbatim.
                Token::Text(text) => parts.push((text, self.xml.span())),
            }
        }
        Ok(parts)
    }

    fn character(&mut self, c: Option<char>) -> Result<(), Damage> {
        let start = self.xml.span().start;
        self.xml.skip()?;
        let xml = Span::new(start, self.xml.span().end);
        let shown = self.is_shown();
        if let (Some(frame), Some(run), Some(c)) = (self.frames.last_mut().filter(|_| shown), self.run, c) {
            frame.push(c.encode_utf8(&mut [0; 4]), xml, Hold::Element { run });
        }
        Ok(())
    }

    fn formula(&mut self) -> Result<(), Damage> {
        let parts = self.parts()?;
        let shown = self.is_shown();
        if let Some(frame) = self.frames.last_mut().filter(|_| shown) {
            for (text, xml) in parts {
                frame.push(&text, xml, Hold::Outside);
            }
        }
        Ok(())
    }

    /// Instruction and result of a field, of which only the result is shown.
    fn field(&mut self, tag: &Tag<'a>) -> Result<(), Damage> {
        if let Some(fields) = &mut self.fields {
            match tag.get("fldCharType").as_deref() {
                Some("begin") => fields.push(false),
                Some("separate") => fields.iter_mut().last().into_iter().for_each(|it| *it = true),
                Some("end") => drop(fields.pop()),
                _ => {}
            }
        }
        self.xml.skip()
    }

    fn insertion(&mut self) -> Result<(), Damage> {
        let outer = std::mem::replace(&mut self.inserted, true);
        self.children()?;
        self.inserted = outer;
        Ok(())
    }

    /// A table: what stands in one of a single column is text, no figures.
    fn table(&mut self) -> Result<(), Damage> {
        self.put_down();
        let outer = self.cell;
        let (run, hidden) = (self.run.take(), std::mem::take(&mut self.hidden));
        while let Some(token) = self.xml.read()? {
            match token {
                Token::Open(tag) if word(&tag) == "tblGrid" => {
                    let mut columns = 0;
                    each(&mut self.xml, &mut |xml, tag| {
                        columns += usize::from(word(tag) == "gridCol");
                        xml.skip()
                    })?;
                    self.cell = outer || columns > 1;
                }
                Token::Open(tag) => self.element(&tag)?,
                Token::Close => break,
                Token::Text(_) => {}
            }
        }
        self.cell = outer;
        (self.run, self.hidden) = (run, hidden);
        Ok(())
    }

    /// A row or cell, unless it was deleted under change tracking.
    fn row(&mut self) -> Result<(), Damage> {
        while let Some(token) = self.xml.read()? {
            match token {
                Token::Open(tag) if matches!(word(&tag), "trPr" | "tcPr") => {
                    if properties::is_deleted(&mut self.xml)? {
                        return self.xml.skip();
                    }
                }
                Token::Open(tag) => self.element(&tag)?,
                Token::Close => break,
                Token::Text(_) => {}
            }
        }
        self.put_down();
        Ok(())
    }

    /// One of several ways of saying the same, the first that is understood.
    fn alternatives(&mut self) -> Result<(), Damage> {
        let mut taken = false;
        while let Some(token) = self.xml.read()? {
            match token {
                Token::Open(tag) if !taken && is_understood(&tag) => {
                    taken = true;
                    self.children()?;
                }
                Token::Open(_) => self.xml.skip()?,
                Token::Close => break,
                Token::Text(_) => {}
            }
        }
        Ok(())
    }
}

/// Whether a branch asks for nothing that is not known: shapes and canvases, later versions of Word.
fn is_understood(tag: &Tag<'_>) -> bool {
    let known =
        |it: &str| it.starts_with("wp") || it.starts_with("w1") || matches!(it, "v" | "o" | "m" | "cx" | "am3d");
    match tag.name() {
        "Choice" => tag.get("Requires").is_none_or(|it| it.split_whitespace().all(known)),
        name => name == "Fallback",
    }
}

/// Leaves out white space at both ends.
fn trim(parts: &mut Vec<(Cow<'_, str>, Span)>) {
    if let Some((text, span)) = parts.first_mut()
        && text.len() == span.len()
    {
        let kept = text.trim_ascii_start().len();
        span.start += text.len() - kept;
        *text = Cow::Owned(text.trim_ascii_start().to_owned());
    }
    if let Some((text, span)) = parts.last_mut()
        && text.len() == span.len()
    {
        let kept = text.trim_ascii_end().len();
        span.end -= text.len() - kept;
        *text = Cow::Owned(text.trim_ascii_end().to_owned());
    }
    parts.retain(|(text, _)| !text.is_empty());
}
