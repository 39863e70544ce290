//! Structs as Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::description::Limits;
use crate::names;
use crate::types::{Member, Struct, Types, Use};
use crate::words::Words;

pub(crate) const WIDTH: usize = 120;

/// The first lines of every generated file.
pub(crate) fn header(purpose: &str) -> String {
    format!("//! {purpose}\n//!\n//! Made by `tests/generate` from the files in `data`; do not edit.\n\n")
}

/// The files of the types.
pub(crate) fn files(types: &Types, words: &Words) -> BTreeMap<String, String> {
    let homes = homes(types);
    let mut files = BTreeMap::new();
    for (file, purpose, _) in names::FILES {
        let structs: Vec<&Struct> = homes
            .iter()
            .filter(|(_, home)| home == file)
            .map(|(name, _)| &types.structs[name])
            .collect();
        let mut text = header(purpose);
        text.push_str(&imports(file, &structs, &homes));
        for type_ in structs {
            render(type_, words, &mut text);
        }
        files.insert(format!("src/api/types/{file}.rs"), text);
    }
    files
}

/// Every type and its file, in the order of the table.
fn homes(types: &Types) -> Vec<(String, &'static str)> {
    let mut homes = Vec::new();
    for (file, _, listed) in names::FILES {
        for name in *listed {
            homes.push(((*name).to_owned(), *file));
            if types
                .structs
                .get(*name)
                .unwrap_or_else(|| panic!("no type {name}"))
                .use_
                == Use::Request
            {
                homes.push((format!("{name}Answer"), *file));
            }
        }
    }
    let found: BTreeSet<&String> = homes.iter().map(|(name, _)| name).collect();
    assert_eq!(found.len(), homes.len(), "a type has two files");
    for name in types.structs.keys() {
        assert!(found.contains(name), "{name} has no file");
    }
    homes
}

fn imports(file: &str, structs: &[&Struct], homes: &[(String, &'static str)]) -> String {
    let mut crate_api = BTreeSet::new();
    let mut others: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut secrets = BTreeSet::new();
    let mut map = false;
    for type_ in structs {
        if type_.use_ != Use::Part {
            crate_api.insert("Extra");
        }
        for member in &type_.members {
            map |= member.type_.map;
            match member.type_.name.as_str() {
                "Decimal" => _ = crate_api.insert("Decimal"),
                "JsonList" => _ = crate_api.insert("JsonList"),
                "CommaList" => _ = crate_api.insert("CommaList"),
                "Sensitive<String>" => _ = secrets.insert("Sensitive"),
                "MaybeSecret" => _ = secrets.insert("MaybeSecret"),
                name => {
                    if let Some((name, home)) = homes.iter().find(|(known, home)| known == name && home != &file) {
                        others.entry(home).or_default().insert(name);
                    }
                }
            }
        }
    }
    let mut text = String::new();
    if map {
        text.push_str("use std::collections::BTreeMap;\n\n");
    }
    for (home, names) in others {
        text.push_str(&import(
            &format!("super::{home}"),
            &names.into_iter().collect::<Vec<_>>(),
        ));
    }
    // rustfmt puts a single name before a deeper path, and braces after it.
    let record = "use crate::api::record::fields;\n".to_owned();
    let names: Vec<&str> = crate_api.into_iter().collect();
    match names.as_slice() {
        [] => text.push_str(&record),
        [_] => text.push_str(&(import("crate::api", &names) + &record)),
        _ => text.push_str(&(record + &import("crate::api", &names))),
    }
    if !secrets.is_empty() {
        text.push_str(&import("crate::secret", &secrets.into_iter().collect::<Vec<_>>()));
    }
    text
}

/// A `use`, broken as rustfmt breaks it.
fn import(path: &str, names: &[&str]) -> String {
    if let [name] = names {
        return format!("use {path}::{name};\n");
    }
    let line = format!("use {path}::{{{}}};\n", names.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let mut text = format!("use {path}::{{\n");
    let mut row = String::from("   ");
    for name in names {
        if row.len() + name.len() + 2 > WIDTH {
            writeln!(text, "{row}").expect("a text");
            row = String::from("   ");
        }
        write!(row, " {name},").expect("a text");
    }
    writeln!(text, "{row}\n}};").expect("a text");
    text
}

fn render(type_: &Struct, words: &Words, out: &mut String) {
    out.push('\n');
    documentation(type_, words, out);
    declaration(type_, words, out);
    out.push('\n');
    table(type_, out);
}

fn documentation(type_: &Struct, words: &Words, out: &mut String) {
    let name = &type_.name;
    match type_.use_ {
        Use::Answer => doc(
            &format!("The answer to [`{}`].", name.trim_end_matches("Answer")),
            "",
            out,
        ),
        Use::Part => doc(&words.of_type(name), "", out),
        Use::Request => {
            doc(&words.of_type(name), "", out);
            doc("", "", out);
            let link = format!("[`Action::{name}`](crate::api::Action::{name})");
            doc(&format!("The request of {link}."), "", out);
        }
    }
    let Some(code) = words.example(name) else { return };
    doc("", "", out);
    out.push_str("/// # Example\n/// ```\n");
    for line in code.lines() {
        out.push_str(format!("/// {line}").trim_end());
        out.push('\n');
    }
    out.push_str("/// ```\n");
}

fn declaration(type_: &Struct, words: &Words, out: &mut String) {
    out.push_str("#[derive(Clone, Debug, Default, PartialEq, Eq)]\n");
    writeln!(out, "pub struct {} {{", type_.name).expect("a text");
    for member in &type_.members {
        doc(&describe(type_, member, words), "    ", out);
        let (name, type_) = (names::snake(&member.wire), rust_type(type_, member));
        writeln!(out, "    pub {name}: {type_},").expect("a text");
    }
    let extra = match type_.use_ {
        Use::Part => "",
        Use::Request => "Parameters that the description does not know, under their full names.",
        Use::Answer => "Members that the description does not know, as JSON, under their JSON pointers.",
    };
    if !extra.is_empty() {
        doc(extra, "    ", out);
        out.push_str("    pub extra: Extra,\n");
    }
    out.push_str("}\n");
}

fn table(type_: &Struct, out: &mut String) {
    let extra = if type_.use_ == Use::Part { "" } else { " + extra" };
    writeln!(out, "fields! {{\n    {}{extra} {{", type_.name).expect("a text");
    for member in &type_.members {
        let (name, wire, limits) = (names::snake(&member.wire), &member.wire, limits(member));
        writeln!(out, "        {name} = \"{wire}\"{limits},").expect("a text");
    }
    out.push_str("    }\n}\n");
}

fn rust_type(type_: &Struct, member: &Member) -> String {
    let name = &member.type_.name;
    if member.type_.list {
        return format!("Vec<{name}>");
    }
    if member.type_.map {
        return format!("BTreeMap<String, {name}>");
    }
    let always = member.limits.required || (type_.use_ == Use::Answer && member.wire == "RequestId");
    if always {
        name.clone()
    } else {
        format!("Option<{name}>")
    }
}

/// The phrase of a field, and what the description says about its values.
fn describe(type_: &Struct, member: &Member, words: &Words) -> String {
    let phrase = words.of_field(&type_.name, &member.wire);
    let (first, rest) = phrase.split_once(". ").unwrap_or((&phrase, ""));
    let limits = &member.limits;
    let mut text = first.to_owned();
    if let Some(unit) = limits.unit.as_deref().filter(|unit| !unit.starts_with("disputed")) {
        write!(text, ", in {}", unit_word(unit)).expect("a text");
    }
    text.push('.');
    if !rest.is_empty() {
        write!(text, " {rest}.").expect("a text");
    }
    if limits.required {
        text.push_str(" Required.");
    }
    text.push_str(&values(limits));
    let quoted = |text: String| format!("`{text}`");
    match &limits.default {
        Some(serde_json::Value::Bool(on)) => text.push_str(if *on { " On by default." } else { " Off by default." }),
        Some(serde_json::Value::String(value)) => text.push_str(&format!(" Default {}.", quoted(value.clone()))),
        Some(value) => text.push_str(&format!(" Default {value}.")),
        None => {}
    }
    match (limits.min, limits.max) {
        (Some(least), Some(most)) => text.push_str(&format!(" From {least} to {most}.")),
        (Some(least), None) => text.push_str(&format!(" At least {least}.")),
        (None, Some(most)) => text.push_str(&format!(" At most {most}.")),
        (None, None) => {}
    }
    match (limits.items, limits.items_metadata) {
        (Some(items), _) => text.push_str(&format!(" At most {items} items.")),
        (None, Some(items)) => text.push_str(&format!(" At most {items} items (metadata).")),
        (None, None) => {}
    }
    let each = if member.type_.list { "Each" } else { "" };
    match limits.length {
        Some((0 | 1, most)) => text.push_str(&format!(" {each} at most {most} characters.").replace("  at", " At")),
        Some((least, most)) => text.push_str(&format!(" From {least} to {most} characters.")),
        None => {}
    }
    match member.only_in.first().map(String::as_str) {
        Some("go-3.1.1") => text.push_str(" Known to the Go SDK of 2025-06 only."),
        Some("py-2.1.0") => text.push_str(" Known to the Python SDK of 2024-06 only; dropped since."),
        _ => {}
    }
    text
}

fn unit_word(unit: &str) -> &str {
    match unit {
        "s" => "seconds",
        "h" => "hours",
        "day" => "days",
        "byte" => "bytes",
        other => other,
    }
}

fn values(limits: &Limits) -> String {
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) if text.is_empty() => "empty".to_owned(),
        serde_json::Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    };
    match limits.values.as_slice() {
        [] => String::new(),
        [only] => format!(" Only {}.", plain(only)),
        [first, rest @ .., last] => {
            let mut text = format!(" {}", plain(first));
            for value in rest {
                write!(text, ", {}", plain(value)).expect("a text");
            }
            write!(text, " or {}.", plain(last)).expect("a text");
            // A sentence starts with its first value, code or not.
            text.replacen(" empty", " Empty", 1)
        }
    }
}

/// The limits as calls on a field of the table.
fn limits(member: &Member) -> String {
    let limits = &member.limits;
    let mut text = String::new();
    let mut call = |name: &str, arguments: String| write!(text, ".{name}({arguments})").expect("a text");
    if limits.required {
        call("required", String::new());
    }
    let numbers: Vec<i64> = limits.values.iter().filter_map(serde_json::Value::as_i64).collect();
    let least = limits.min.or_else(|| numbers.iter().min().copied());
    let most = limits.max.or_else(|| numbers.iter().max().copied());
    if least.is_some() || most.is_some() {
        let least = least.map_or("i64::MIN".to_owned(), |least| least.to_string());
        let most = most.map_or("i64::MAX".to_owned(), |most| most.to_string());
        call("range", format!("{least}, {most}"));
    }
    if numbers.is_empty() && !limits.values.is_empty() {
        let values: Vec<String> = limits
            .values
            .iter()
            .map(|value| format!("{:?}", value.as_str().expect("a text")))
            .collect();
        call("values", format!("&[{}]", values.join(", ")));
    }
    if let Some((least, most)) = limits.length {
        call("length", format!("{least}, {most}"));
    }
    if let Some(items) = limits.items.or(limits.items_metadata) {
        call("items", items.to_string());
    }
    if let Some(inner) = &member.wrapped {
        call("wrapped", format!("{inner:?}"));
    }
    text
}

/// A doc comment, broken at the width of the page.
fn doc(text: &str, indent: &str, out: &mut String) {
    let mut row = format!("{indent}///");
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if row.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(out, "{row}").expect("a text");
            row = format!("{indent}///");
        }
        row.push(' ');
        row.push_str(word);
    }
    writeln!(out, "{row}").expect("a text");
}
