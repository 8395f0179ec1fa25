//! Views: what they hold, and that their map is exact.

use proptest::prelude::*;

use super::*;

/// Pieces of `source`: lines are pieces, a blank line ends a paragraph, `⏎` in front of a line makes it no wrap.
fn paragraphs(source: &str) -> Vec<Vec<Piece>> {
    let mut paragraphs = vec![Vec::new()];
    let mut at = 0;
    for line in source.split('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        let last = paragraphs.last_mut().unwrap();
        match text {
            "" if last.is_empty() => {}
            "" => paragraphs.push(Vec::new()),
            _ => last.push(Piece { span: Span::new(start, start + text.len()), wrapped: !last.is_empty() }),
        }
    }
    paragraphs.retain(|it| !it.is_empty());
    paragraphs
}

fn folded(source: &str) -> View {
    View::folded(source, paragraphs(source).iter().map(Vec::as_slice))
}

fn joined(source: &str) -> View {
    View::joined(source, paragraphs(source).iter().map(Vec::as_slice))
}

/// `source` holds ⟦ ⟧ round what a search for `phrase` must report.
#[track_caller]
fn finds(source: &str, phrase: &str) {
    let (before, rest) = source.split_once('⟦').unwrap();
    let (expected, after) = rest.split_once('⟧').unwrap();
    let source = format!("{before}{expected}{after}");
    let view = folded(&source);
    let at = view.text().find(&fold(phrase)).unwrap_or_else(|| panic!("{phrase} not in {:?}", view.text()));
    let range = at..at + fold(phrase).len();
    let span = view.source(range.clone());
    assert_eq!(slice(&source, span), expected);
    assert_eq!(span.start, before.len());
    assert_eq!(view.view(span), range);
}

#[test]
fn a_hit_spans_the_exact_source_text() {
    finds("落实⟦第一責任人⟧职责", "第一责任人");
    finds("落实⟦第一责任人⟧职责", "第一責任人");
    finds("落实　⟦第 一\u{3000}责\u{200B} 任 人⟧ 职责", "第一责任人");
    finds("落实⟦第一责\n　　任人⟧职责", "第一责任人");
    finds("⟦第一責(zé)任人⟧職責", "第一责任人");
    finds("第⟦一責⟧（ze2）任人職責", "一责");
    finds("第一責（ zé ）⟦任人⟧職責", "任人");
    finds("共⟦１２３件，其⟧中", "123件,其");
    finds("，，⟦“四个意识”⟧，，", "\"四个意识\"");
    finds("Ａ，⟦Ｒｕｌｅ of\n Law⟧。", "rule of law");
    finds("甲。\n\n　　⟦⼯作⻓⟧。\n\n乙", "工作长");
    finds("\u{FEFF}⟦标题⟧\u{FEFF}\n\n正文", "标题");
    finds("⟦𠀀噹㐹⟧，文", "𠀀当㑶");
    finds("面积⟦(m2)⟧", "（M２）");
}

#[test]
fn paragraphs_are_lines_of_the_view() {
    let source = " 甲，乙 \n 丙\n\n\u{200B}\n\n丁（zhè）\n";
    let view = folded(source);
    assert_eq!(view.text(), "甲,乙丙\n\n丁\n");
    let all: Vec<&str> = (0..4).map(|at| slice(view.text(), view.paragraph(at).into())).collect();
    assert_eq!(all, ["甲,乙丙", "", "丁", ""]);
    assert_eq!([0, 3, 10, 11, 12, 15, 99].map(|at| view.paragraph_at(at)), [0, 0, 0, 1, 2, 2, 3]);
    assert_eq!(slice(source, view.source(0..view.text().len())), "甲，乙 \n 丙\n\n\u{200B}\n\n丁");
    assert_eq!(view.view(Span::new(0, source.len())), 0..view.text().len() - 1);
    assert_eq!(View::default().source(3..9), Span::default());
    assert_eq!(folded("").text(), "");
}

#[test]
fn a_joined_view_keeps_characters_and_sets_words_apart() {
    let source = "　　第一責(zé)任人，　Rule\n　　of law\n法治\n\n完";
    let view = joined(source);
    assert_eq!(view.text(), "第一責(zé)任人，　Rule of law法治\n完\n");
    let at = view.text().find("le of").unwrap();
    assert_eq!(slice(source, view.source(at..at + 5)), "le\n　　of");
    let at = view.text().find("w法").unwrap();
    assert_eq!(slice(source, view.source(at..at + 4)), "w\n法");
    assert_eq!(slice(source, view.source(at + 1..at + 4)), "法");
}

#[test]
fn pieces_out_of_bounds_do_not_panic() {
    let piece = |start, end| Piece { span: Span::new(start, end), wrapped: true };
    let pieces = [piece(0, 1), piece(4, 2), piece(1, 400), piece(900, 901)];
    for view in [View::folded("法治\n政府", std::iter::once(&pieces[..])), View::joined("法治\n政府", [].into_iter())]
    {
        for at in 0..40 {
            let _ = (view.source(at..at + 3), view.view(Span::new(at, at + 3)), view.paragraph(at), view.source(at..0));
        }
    }
}

/// The view by the plain definition: no tables of joints, one entry for each character.
fn naive(source: &str) -> Vec<(char, Option<Span>)> {
    let mut all = Vec::new();
    for pieces in paragraphs(source) {
        for (at, c) in pieces
            .iter()
            .flat_map(|piece| slice(source, piece.span).char_indices().map(|(at, c)| (piece.span.start + at, c)))
        {
            all.extend(fold_char(c).map(|folded| (folded, Some(Span::new(at, at + c.len_utf8())))));
        }
        all.push(('\n', None));
    }
    all
}

/// Reports in small: all that folding touches, and some that it does not.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(
            "法治政府責任第一，。：“”（）()12３４ＡbC öİ　 \t\n\n\u{200B}\u{FEFF}\u{AD}⼯⻓①噹𠀀𫫇㐹Ⅳ-—"
                .chars()
                .collect::<Vec<_>>(),
        ),
        0..60,
    )
    .prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn the_map_is_exact_both_ways(source in text()) {
        let (view, naive) = (folded(&source), naive(&source));
        prop_assert_eq!(view.text(), naive.iter().map(|(c, _)| *c).collect::<String>());
        let mut at = 0;
        for (c, span) in &naive {
            let range = at..at + c.len_utf8();
            at = range.end;
            if let Some(span) = span {
                prop_assert_eq!(view.source(range.clone()), *span);
                prop_assert_eq!(view.view(*span), range);
            }
        }
    }

    #[test]
    fn any_span_gives_the_characters_inside(source in text(), a in 0_usize..200, b in 0_usize..200) {
        let (view, naive) = (folded(&source), naive(&source));
        let span = Span::new(a.min(b), a.max(b));
        let inside = |it: &&(char, Option<Span>)| it.1.is_some_and(|it| span.contains(it));
        let expected: String = naive.iter().filter(inside).map(|(c, _)| *c).collect();
        prop_assert_eq!(slice(view.text(), view.view(span).into()).replace('\n', ""), expected);
    }

    #[test]
    fn the_map_is_monotonic_and_on_boundaries(source in text()) {
        for view in [folded(&source), joined(&source)] {
            let mut last = 0;
            for (at, c) in view.text().char_indices() {
                let span = view.source(at..at + c.len_utf8());
                prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
                prop_assert!(last <= span.start || c == '\n', "{:?} {} {}", view, last, at);
                prop_assert!(span.start <= span.end);
                last = last.max(span.end);
            }
        }
    }

    #[test]
    fn white_space_width_and_script_make_no_difference(source in "[法责任督察，。（）(12Aabcé)ze ]{0,40}", gaps in proptest::collection::vec(0_usize..6, 40)) {
        let plain = fold(&source);
        let spaced: String = source.chars().zip(gaps.iter().cycle()).flat_map(|(c, gap)| {
            [Some(c), [None, None, None, Some(' '), Some('\u{3000}'), Some('\u{200B}')][*gap]].into_iter().flatten()
        }).collect();
        prop_assert_eq!(fold(&spaced), plain.clone());
        let wide: String = source.chars().map(|c| match c {
            '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            _ => c,
        }).collect();
        prop_assert_eq!(fold(&wide), plain.clone());
        prop_assert_eq!(fold(&to_traditional(&source)), plain.clone());
        prop_assert_eq!(fold(&plain), plain);
    }
}
