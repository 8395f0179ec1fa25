//! Markdown: headings, lines, cells, each with its exact place; marks are no text, list numbers are.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::Piece;
use crate::extracted::{Block, Extracted, Layout};
use crate::read::text::{is_line_end, lines, trim};
use crate::source::{leading_space, slice};
use crate::span::Span;

mod front;
mod html;

/// Reads a decoded text.
pub fn read(text: String) -> Extracted {
    let mut reader = Reader {
        text: &text,
        blocks: Vec::new(),
        lines: Vec::new(),
        lists: Vec::new(),
        images: 0,
        html: html::State::Text,
    };
    reader.run(front::length(&text));
    let blocks = place(&text, reader.blocks);
    Extracted { text, blocks, ..Extracted::default() }
}

/// What has been read so far.
struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    /// The lines of the block that is being read.
    lines: Vec<Line>,
    /// Whether the lists around are numbered, outermost first.
    lists: Vec<bool>,
    /// How many images are open: what stands in them is not seen.
    images: usize,
    html: html::State,
}

#[derive(Default)]
struct Line {
    pieces: Vec<Span>,
    /// A break that a reader sees stands before it.
    set_apart: bool,
    /// It holds nothing but the number of a list item.
    number: bool,
}

impl Reader<'_> {
    fn run(&mut self, start: usize) {
        let body = slice(self.text, Span::new(start, self.text.len()));
        let mut events = Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter();
        for (event, range) in events.by_ref() {
            self.event(event, Span::from(range).shift(start));
        }
        self.flush(Layout::Paragraph);
        for (_, definition) in events.reference_definitions().iter() {
            // `[附件]: 名单` is a link definition to Markdown and a line of text to everybody else.
            if !definition.dest.is_ascii() {
                self.add(Span::from(definition.span.clone()).shift(start));
                self.flush(Layout::Paragraph);
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) if is_lost_mark(self.text, span) => {}
            Event::Text(_) => self.add(span),
            Event::Code(_) => self.add(code(self.text, span)),
            Event::SoftBreak => self.break_line(false),
            Event::HardBreak => self.break_line(true),
            Event::Html(_) | Event::InlineHtml(_) => self.add_html(span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {}
            Tag::Image { .. } => self.images += 1,
            Tag::List(first) => {
                self.flush(Layout::Paragraph);
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.flush(Layout::Paragraph);
                self.add_number(span);
            }
            _ => self.begin(),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {}
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Heading(level) => self.flush(self.heading(level as u8, span)),
            TagEnd::TableCell => self.flush(Layout::Cell),
            TagEnd::CodeBlock => self.flush(Layout::Line),
            TagEnd::List(_) => {
                self.flush(Layout::Paragraph);
                self.lists.pop();
            }
            _ => self.flush(Layout::Paragraph),
        }
    }

    /// A block begins: what was read belongs to another, unless it is the number of this very item.
    fn begin(&mut self) {
        if !self.lines.iter().all(|line| line.number) {
            self.flush(Layout::Paragraph);
        }
        self.html = html::State::Text;
    }

    /// A line of dashes under a text makes it a heading to Markdown; people draw such lines under any text. What runs
    /// over lines or ends as a sentence does is none.
    fn heading(&self, level: u8, span: Span) -> Layout {
        let text = slice(self.text, span).trim_start();
        let title = slice(self.text, self.lines.first().map_or(span, Line::span));
        let sentence = self.lines.len() > 1 || title.ends_with(['。', '；', '：', '，', ';', ':']);
        if sentence && !text.starts_with('#') { Layout::Paragraph } else { Layout::Heading(level) }
    }

    /// The number of a list item, which Markdown takes for a mark, is text.
    fn add_number(&mut self, item: Span) {
        if self.lists.last() != Some(&true) {
            return;
        }
        let start = trim(self.text, item).start;
        let marker = slice(self.text, Span::new(start, item.end));
        let digits = marker.len() - marker.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.lines.push(Line { pieces: vec![Span::new(start, start + digits + 1)], number: true, ..Line::default() });
    }

    /// Adds text to the line, or lines where it holds line ends.
    fn add(&mut self, span: Span) {
        if self.images > 0 || span.is_empty() {
            return;
        }
        let text = slice(self.text, span);
        for (index, line) in lines(text).enumerate() {
            if index > 0 {
                self.break_line(false);
            }
            self.add_piece(line.shift(span.start));
        }
        if text.ends_with(is_line_end) {
            self.break_line(false);
        }
    }

    fn add_piece(&mut self, span: Span) {
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        let text = self.text;
        let Some(line) = self.lines.last_mut() else { return };
        line.number = false;
        match line.pieces.last_mut() {
            // A number and its text are one piece where nothing but white space lies between.
            Some(last) if trim(text, Span::new(last.end, span.start)).is_empty() && last.end <= span.start => {
                last.end = span.end;
            }
            _ => line.pieces.push(span),
        }
    }

    fn add_html(&mut self, span: Span) {
        for part in html::visible(slice(self.text, span), &mut self.html) {
            match part {
                html::Part::Text(text) => self.add(text.shift(span.start)),
                html::Part::Break => self.break_line(true),
            }
        }
    }

    fn break_line(&mut self, set_apart: bool) {
        if !self.lines.is_empty() {
            self.lines.push(Line { set_apart, ..Line::default() });
        }
    }

    /// Makes blocks of the lines read. A paragraph of several lines is handed on line by line: whether one goes on in
    /// the next is for the outline to say, as it is in a plain text.
    fn flush(&mut self, layout: Layout) {
        let text = self.text;
        let mut lines = std::mem::take(&mut self.lines);
        let mut set_apart = false;
        lines.retain_mut(|line| {
            line.trim(text);
            line.set_apart |= std::mem::take(&mut set_apart);
            set_apart = line.set_apart && line.pieces.is_empty();
            !line.pieces.is_empty()
        });
        if let Some(first) = lines.first_mut() {
            first.set_apart = false;
        }
        match layout {
            Layout::Cell | Layout::Heading(_) => self.push_joined(&lines, layout),
            Layout::Line | Layout::Paragraph => {
                let verbatim = layout == Layout::Line;
                let layout = if lines.len() > 1 { Layout::Line } else { layout };
                lines.iter().for_each(|line| self.push_line(line, layout, verbatim));
            }
        }
    }

    fn push_joined(&mut self, lines: &[Line], layout: Layout) {
        let pieces: Vec<Piece> = lines.iter().enumerate().flat_map(|(at, line)| line.wrapped(at > 0)).collect();
        if !pieces.is_empty() {
            self.blocks.push(Block { pieces, layout, blank_before: 0, indent: 0 });
        }
    }

    /// `##一、标题` without the space is no heading to Markdown, yet people write it.
    fn push_line(&mut self, line: &Line, layout: Layout, verbatim: bool) {
        let mut pieces: Vec<Piece> = line.wrapped(false).collect();
        let mut layout = layout;
        if let Some(first) = pieces.first_mut().filter(|_| !verbatim) {
            let text = slice(self.text, first.span);
            let marks = text.len() - text.trim_start_matches('#').len();
            let words = trim(self.text, Span::new(first.span.start + marks, first.span.end));
            if (1..=6).contains(&marks) && !words.is_empty() && !text.ends_with('#') {
                first.span = words;
                layout = Layout::Heading(marks as u8);
            }
        }
        self.blocks.push(Block { pieces, layout, blank_before: usize::from(line.set_apart), indent: 0 });
    }
}

impl Line {
    fn span(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.join(*last),
            _ => Span::default(),
        }
    }

    /// Takes the white space off its ends.
    fn trim(&mut self, text: &str) {
        let blank = |piece: &Span| trim(text, *piece).is_empty();
        let first = self.pieces.iter().position(|piece| !blank(piece)).unwrap_or(self.pieces.len());
        self.pieces.drain(..first);
        while self.pieces.last().is_some_and(blank) {
            self.pieces.pop();
        }
        if let Some(first) = self.pieces.first_mut() {
            first.start = trim(text, *first).start;
        }
        if let Some(last) = self.pieces.last_mut() {
            last.end = trim(text, *last).end;
        }
    }

    /// Its pieces, with a wrap in front of the first one or not.
    fn wrapped(&self, wrapped: bool) -> impl Iterator<Item = Piece> {
        self.pieces.iter().enumerate().map(move |(at, span)| Piece { span: *span, wrapped: wrapped && at == 0 })
    }
}

/// Whether a `*` is half of a mark that Markdown did not take for one: behind punctuation it knows no end of
/// `**（一）强化学习。**一是……`. A `**` behind a character may stand for words to be filled in, and is text.
fn is_lost_mark(text: &str, span: Span) -> bool {
    let before = slice(text, Span::new(0, span.start));
    let behind = slice(text, Span::new(span.end, text.len()));
    let stars = usize::from(before.ends_with('*')) + usize::from(behind.starts_with('*'));
    let last = before.strip_suffix('*').unwrap_or(before).chars().next_back();
    let apart = last.is_none_or(|c| c.is_whitespace() || "。！？；：，、”）》".contains(c));
    slice(text, span) == "*" && stars == 1 && apart
}

/// The inside of inline code: without its backticks.
fn code(text: &str, span: Span) -> Span {
    let marks = slice(text, span).len() - slice(text, span).trim_start_matches('`').len();
    trim(text, Span::new(span.start + marks, span.end.saturating_sub(marks)))
}

/// Puts the blocks in reading order, and says how far each is indented and how many blank lines stand before it.
fn place(text: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    let start = |block: &Block| block.pieces.first().map_or(0, |piece| piece.span.start);
    blocks.sort_by_key(start);
    let mut rest = lines(text);
    let mut line = Span::default();
    for block in &mut blocks {
        let mut blank = 0;
        while line.end < start(block) {
            let Some(next) = rest.next() else { break };
            line = next;
            blank += usize::from(trim(text, line).is_empty());
        }
        let before = Span::new(line.start, start(block));
        block.blank_before = block.blank_before.max(blank);
        block.indent = if trim(text, before).is_empty() { leading_space(slice(text, line)).1 } else { 0 };
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block: layout, indent, blank lines before it, and its pieces; `⏎` is a wrap, `|` a gap.
    fn shown(text: &str) -> Vec<String> {
        let extracted = read(text.to_owned());
        assert_eq!(extracted.text, text);
        let show = |block: &Block| {
            let mut shown = format!("{:?} {} {} ", block.layout, block.indent, block.blank_before);
            for (at, piece) in block.pieces.iter().enumerate() {
                shown += if piece.wrapped {
                    "⏎"
                } else if at > 0 {
                    "|"
                } else {
                    ""
                };
                shown += slice(text, piece.span);
            }
            shown
        };
        extracted.blocks.iter().map(show).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(text), expected, "{text}");
    }

    #[test]
    fn headings() {
        check(
            "# 标题 #\n## 一、**主要**举措\n\n正文",
            &["Heading(1) 0 0 标题", "Heading(2) 0 0 一、|主要|举措", "Paragraph 0 1 正文"],
        );
        check("标题\n===\n小标题\n---\n", &["Heading(1) 0 0 标题", "Heading(2) 0 0 小标题"]);
        check("一段话。\n---\n", &["Paragraph 0 0 一段话。"]);
        check("某局\n某日\n---\n", &["Line 0 0 某局", "Line 0 0 某日"]);
        check("##一、举措\n正文\n##paidend##", &["Heading(2) 0 0 一、举措", "Line 0 0 正文", "Line 0 0 ##paidend##"]);
        check("# \n#\n", &[]);
    }

    #[test]
    fn paragraphs_and_lines() {
        check("甲 \n乙\n\n\n丙", &["Line 0 0 甲", "Line 0 0 乙", "Paragraph 0 2 丙"]);
        check("甲  \n乙\\\n丙\n丁", &["Line 0 0 甲", "Line 0 1 乙", "Line 0 1 丙", "Line 0 0 丁"]);
        check("　　甲。\r\n　　乙。\r\n", &["Line 4 0 甲。", "Line 4 0 乙。"]);
        check("    甲。\n    # 乙 *丙*\n\n    丁", &["Line 4 0 甲。", "Line 4 0 # 乙 *丙*", "Line 4 1 丁"]);
        check("```txt\n甲\n\n 乙\n```\n", &["Line 0 0 甲", "Line 1 1 乙"]);
        check("> 甲\n> 乙\n\n> 丙", &["Line 0 0 甲", "Line 0 0 乙", "Paragraph 0 1 丙"]);
        check("甲\u{2028}乙\r丙", &["Line 0 0 甲", "Line 0 0 乙", "Line 0 0 丙"]);
        check("甲\n\n---\n***\n乙", &["Paragraph 0 0 甲", "Paragraph 0 1 乙"]);
    }

    #[test]
    fn inline_marks_are_no_text() {
        check("**一是**强化`法治`[建设](http://a.b '题')![图](c.png)。", &["Paragraph 0 0 一是|强化|法治|建设|。"]);
        check("**（一）强化学习。**一是抓。", &["Paragraph 0 0 （一）强化学习。|一是抓。"]);
        check("甲，**抓培训。**\n某**区", &["Line 0 0 甲，|抓培训。", "Line 0 0 某**区"]);
        check("A&nbsp;B&amp;C \\*丁\\*", &["Paragraph 0 0 A&nbsp;B&amp;C |*丁|*"]);
        check("<法治> a<b [附件] <b>甲</b>乙<br>丙<!-- 丁 -->", &["Line 0 0 <法治> a<b [附件] |甲|乙", "Line 0 1 丙"]);
        check("1~2月、3~4月，3*4=12，_（甲）", &["Paragraph 0 0 1~2月、3~4月，3*4=12，_（甲）"]);
        check("`` a`b ``", &["Paragraph 0 0 a`b"]);
    }

    #[test]
    fn lists_keep_their_numbers_and_lose_their_bullets() {
        check("1. 甲\n2) 乙\n10. **丙**\n", &["Paragraph 0 0 1. 甲", "Paragraph 0 0 2) 乙", "Paragraph 0 0 10.|丙"]);
        check(
            "- 甲\n  续\n* 乙\n\n  1. 丙\n",
            &["Line 0 0 甲", "Line 2 0 续", "Paragraph 0 0 乙", "Paragraph 2 1 1. 丙"],
        );
        check("1. 甲\n\n   乙\n\n2. 丙", &["Paragraph 0 0 1. 甲", "Paragraph 3 1 乙", "Paragraph 0 1 2. 丙"]);
        check("1.\n2. # 甲\n3. > 乙", &["Paragraph 0 0 1.", "Heading(1) 0 0 2.|甲", "Paragraph 0 0 3.|乙"]);
        check("1. - 甲", &["Paragraph 0 0 1.", "Paragraph 0 0 甲"]);
    }

    #[test]
    fn tables_give_cells() {
        check(
            "| 事项 | 件<br>数 |\n|---|:-:|\n| **许可** |  |\n\n后",
            &["Cell 0 0 事项", "Cell 0 0 件|⏎数", "Cell 0 0 许可", "Paragraph 0 1 后"].map(|it| match it {
                "Cell 0 0 件|⏎数" => "Cell 0 0 件⏎数",
                _ => it,
            }),
        );
    }

    #[test]
    fn html_front_matter_and_definitions() {
        check("---\ntitle: 甲\n---\n# 乙", &["Heading(1) 0 0 乙"]);
        check(
            "<div align=\"center\">\n<h1>标题</h1>\n副标题\n</div>\n\n正文",
            &["Line 0 0 标题", "Line 0 1 副标题", "Paragraph 0 1 正文"],
        );
        check(
            "甲\n\n[附件]: 名单\n[1]: http://a.b\n\n乙",
            &["Paragraph 0 0 甲", "Paragraph 0 1 [附件]: 名单", "Paragraph 0 1 乙"],
        );
        check("<!-- 甲\n\n乙 -->\n\n丙", &["Paragraph 0 2 丙"]);
    }

    #[test]
    fn hostile_texts_end_soon() {
        for part in [
            "[", "*a ", "> ", "- ", "`", "<a ", "<!--", "![](", "|a", "1. ", "_*", "\\", "&", "#", "    ", "\r", "](",
            "<",
        ] {
            let text = part.repeat(60_000 / part.len());
            let start = std::time::Instant::now();
            let _ = read(text);
            assert!(start.elapsed().as_secs() < 5, "{part}");
        }
    }
}
