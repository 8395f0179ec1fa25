//! Numbers, counts, comparisons and sums with a change.

use crate::lang::ast::{Count, Equation, Expr, FactTest, Num, Operator, Relation, Test, Tolerance};
use crate::lang::mutate::{Change, Changed, Part, option};

/// One more and one less.
pub fn step(n: u32) -> Vec<u32> {
    [n.checked_add(1), n.checked_sub(1)].into_iter().flatten().collect()
}

/// Twice as much and half as much: nobody tests a length to the character.
pub fn double(n: u32) -> Vec<u32> {
    [n.checked_mul(2), Some(n / 2)].into_iter().flatten().collect()
}

/// A number with others in its place.
pub fn number(of: &Num, others: fn(u32) -> Vec<u32>) -> Changed<Num> {
    match of {
        Num::Lit(n) => others(*n).into_iter().map(|it| (Change::Number(*n, it), Num::Lit(it))).collect(),
        Num::Hole(_) => Vec::new(),
    }
}

/// A count with each change.
pub fn count(of: &Count, others: fn(u32) -> Vec<u32>) -> Changed<Count> {
    let turned = |it| (Change::Turned(Part::Count), it);
    let (mut all, of_num): (Changed<Count>, fn(Num) -> Count) = match of {
        Count::Exactly(n) => {
            (vec![turned(Count::AtLeast(n.clone())), turned(Count::AtMost(n.clone()))], Count::Exactly)
        }
        Count::AtLeast(n) => (vec![turned(Count::AtMost(n.clone()))], Count::AtLeast),
        Count::AtMost(n) => (vec![turned(Count::AtLeast(n.clone()))], Count::AtMost),
        Count::Between(from, to) => {
            let mut all = vec![turned(Count::AtLeast(from.clone())), turned(Count::AtMost(to.clone()))];
            all.extend(number(from, others).into_iter().map(|(change, n)| (change, Count::Between(n, to.clone()))));
            all.extend(number(to, others).into_iter().map(|(change, n)| (change, Count::Between(from.clone(), n))));
            return all;
        }
    };
    let (Count::Exactly(n) | Count::AtLeast(n) | Count::AtMost(n) | Count::Between(n, _)) = of;
    all.extend(number(n, others).into_iter().map(|(change, n)| (change, of_num(n))));
    all
}

fn relations(of: Relation) -> Vec<Relation> {
    match of {
        Relation::Eq => vec![Relation::Le, Relation::Ge],
        Relation::Le => vec![Relation::Lt, Relation::Ge],
        Relation::Ge => vec![Relation::Gt, Relation::Le],
        Relation::Lt => vec![Relation::Le, Relation::Gt],
        Relation::Gt => vec![Relation::Ge, Relation::Lt],
    }
}

/// An equation with each change.
pub fn equation(of: &Equation) -> Changed<Equation> {
    let base = || of.clone();
    let mut all: Changed<Equation> = relations(of.relation)
        .into_iter()
        .map(|relation| (Change::Turned(Part::Relation), Equation { relation, ..base() }))
        .collect();
    all.extend(expression(&of.left).into_iter().map(|(change, left)| (change, Equation { left, ..base() })));
    all.extend(expression(&of.right).into_iter().map(|(change, right)| (change, Equation { right, ..base() })));
    let none = |_: &Tolerance| Vec::new();
    all.extend(
        option(&of.within, Part::Tolerance, none)
            .into_iter()
            .map(|(change, within)| (change, Equation { within, ..base() })),
    );
    all
}

fn expression(of: &Expr) -> Changed<Expr> {
    let Expr::Binary(left, operator, right) = of else { return Vec::new() };
    let other = match operator {
        Operator::Add => Operator::Sub,
        Operator::Sub => Operator::Add,
        Operator::Mul => Operator::Div,
        Operator::Div => Operator::Mul,
    };
    let binary =
        |left: &Expr, operator, right: &Expr| Expr::Binary(Box::new(left.clone()), operator, Box::new(right.clone()));
    let mut all = vec![(Change::Turned(Part::Operator), binary(left, other, right))];
    all.extend(expression(left).into_iter().map(|(change, left)| (change, binary(&left, *operator, right))));
    all.extend(expression(right).into_iter().map(|(change, right)| (change, binary(left, *operator, &right))));
    all
}

/// A question about a fact with each change.
pub fn fact(of: &FactTest) -> Changed<FactTest> {
    let with = |test| FactTest { name: of.name.clone(), test };
    match &of.test {
        Test::Is(values) => vec![(Change::Turned(Part::Fact), with(Test::IsNot(values.clone())))],
        Test::IsNot(values) => vec![(Change::Turned(Part::Fact), with(Test::Is(values.clone())))],
        Test::Compare(relation, n) => {
            let mut all: Changed<FactTest> = relations(*relation)
                .into_iter()
                .map(|relation| (Change::Turned(Part::Relation), with(Test::Compare(relation, n.clone()))))
                .collect();
            all.extend(number(n, step).into_iter().map(|(change, n)| (change, with(Test::Compare(*relation, n)))));
            all
        }
    }
}
