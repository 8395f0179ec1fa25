//! Works out the sides of an equation, in decimal figures.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::lang::ast::{Equation, Expr, Operator, Relation, Tolerance};
use crate::locale::Locale;

/// What a quantity is worth; no number where 约 or 余 makes it doubtful.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Value {
    pub number: Option<Decimal>,
    pub percent: bool,
}

/// What a side comes to, and whether a percentage is in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Side {
    pub number: Decimal,
    pub percent: bool,
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    Doubtful,
    Zero,
    TooLarge,
    TooMany,
    Unstated(String),
}

/// Whether the equation holds, and how far its sides are apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Holds {
    pub holds: bool,
    pub off: Decimal,
}

/// Holds the two sides against each other.
pub(super) fn holds(equation: &Equation, value: &dyn Fn(&str) -> Option<Value>) -> Result<Holds, Why> {
    let (left, right) = (side(&equation.left, value)?, side(&equation.right, value)?);
    let allowed = allowed(equation.within.as_ref(), left, right)?;
    let off = left.number.checked_sub(right.number).ok_or(Why::TooLarge)?;
    let holds = match equation.relation {
        Relation::Eq => off.abs() <= allowed,
        Relation::Le => off <= allowed,
        Relation::Ge => -off <= allowed,
        Relation::Lt => off < allowed,
        Relation::Gt => -off < allowed,
    };
    Ok(Holds { holds, off: off.abs() })
}

/// How far the sides may differ: in points where a percentage is in them, else in relation to the right side.
fn allowed(within: Option<&Tolerance>, left: Side, right: Side) -> Result<Decimal, Why> {
    let Some(within) = within else { return Ok(Decimal::ZERO) };
    let number = literal(&within.number)?;
    if !within.percent {
        return Ok(number);
    }
    let part = number.checked_div(Decimal::ONE_HUNDRED).ok_or(Why::TooLarge)?;
    if left.percent || right.percent {
        return Ok(part);
    }
    right.number.abs().checked_mul(part).ok_or(Why::TooLarge)
}

/// What an expression comes to.
pub(super) fn side(expr: &Expr, value: &dyn Fn(&str) -> Option<Value>) -> Result<Side, Why> {
    match expr {
        Expr::Number(number) => Ok(Side { number: literal(number)?, percent: false }),
        Expr::Name(name) => {
            let value = value(&name.node).ok_or_else(|| Why::Unstated(name.node.clone()))?;
            Ok(Side { number: value.number.ok_or(Why::Doubtful)?, percent: value.percent })
        }
        Expr::Binary(left, operator, right) => {
            let (left, right) = (side(left, value)?, side(right, value)?);
            let number = match operator {
                Operator::Add => left.number.checked_add(right.number),
                Operator::Sub => left.number.checked_sub(right.number),
                Operator::Mul => left.number.checked_mul(right.number),
                Operator::Div if right.number.is_zero() => return Err(Why::Zero),
                Operator::Div => left.number.checked_div(right.number),
            };
            Ok(Side { number: number.ok_or(Why::TooLarge)?, percent: left.percent || right.percent })
        }
    }
}

fn literal(number: &str) -> Result<Decimal, Why> {
    Decimal::from_str(number.trim()).map_err(|_| Why::TooLarge)
}

/// An expression with its names: `审结 / 受理`.
pub(super) fn shown(expr: &Expr, locale: Locale) -> String {
    write(expr, &|name| super::called(name, locale), 0)
}

/// An expression with the values of its names: `283 / 337`.
pub(super) fn terms(expr: &Expr, value: &dyn Fn(&str) -> Option<Value>) -> String {
    let figure = |name: &str| match value(name).and_then(|it| Some((it.number?, it.percent))) {
        Some((number, true)) => format!("{}%", number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number).normalize()),
        Some((number, false)) => number.normalize().to_string(),
        None => name.to_owned(),
    };
    write(expr, &figure, 0)
}

/// `above` binds the expression: parentheses stand where it binds tighter than the expression itself.
fn write(expr: &Expr, name: &dyn Fn(&str) -> String, above: u8) -> String {
    match expr {
        Expr::Name(it) => name(&it.node),
        Expr::Number(number) => number.clone(),
        Expr::Binary(left, operator, right) => {
            let (sign, own, second) = match operator {
                Operator::Add => ("+", 1, 1),
                Operator::Sub => ("-", 1, 2),
                Operator::Mul => ("*", 2, 2),
                Operator::Div => ("/", 2, 3),
            };
            let text = format!("{} {sign} {}", write(left, name, own), write(right, name, second));
            if own < above { format!("({text})") } else { text }
        }
    }
}
