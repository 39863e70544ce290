//! The tables of actions, errors and endpoints as Rust.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::description::{Description, ErrorCode, Operation, Paging, RegionEndpoint};
use crate::render::header;

/// The files of the tables.
pub(crate) fn files(description: &Description) -> BTreeMap<String, String> {
    BTreeMap::from([
        ("src/api/action/table.rs".to_owned(), actions(&description.operations)),
        ("src/api/errors/table.rs".to_owned(), errors(&description.errors)),
        (
            "src/api/endpoint/table.rs".to_owned(),
            endpoints(&description.endpoints.regions),
        ),
    ])
}

fn actions(operations: &[(String, Operation)]) -> String {
    let count = operations.len();
    let mut text = header("The actions, and what is published about each.");
    text.push_str("use super::{Facts, bucket, paging, rate};\n\n");
    text.push_str("/// An operation of the API, version 2018-08-08.\n");
    text.push_str(
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[non_exhaustive]\npub enum Action {\n",
    );
    for (name, operation) in operations {
        writeln!(text, "    /// {}.\n    {name},", capital(&operation.summary)).expect("a text");
    }
    writeln!(text, "}}\n\npub(super) static ALL: [Action; {count}] = [").expect("a text");
    for (name, _) in operations {
        writeln!(text, "    Action::{name},").expect("a text");
    }
    writeln!(text, "];\n\npub(super) static FACTS: [Facts; {count}] = [").expect("a text");
    for (name, operation) in operations {
        action(name, operation, &mut text);
    }
    text.push_str("];\n");
    text
}

fn action(name: &str, operation: &Operation, out: &mut String) {
    let Operation {
        summary,
        family,
        read,
        token,
        ..
    } = operation;
    let get = operation.methods.iter().any(|method| method == "GET");
    let paging = operation.paging.as_ref().map(|paging| {
        let Paging {
            size,
            items,
            default,
            max,
            token_in_answer,
        } = paging;
        format!("paging({size:?}, {items:?}, {default:?}, {max:?}, {token_in_answer})")
    });
    let rate = operation.rate.as_ref().map(|rate| {
        let bucket = rate
            .bucket
            .as_ref()
            .map(|bucket| format!("bucket({}, {})", bucket.burst, bucket.refill_per_second));
        format!("rate({:?}, {})", rate.per_minute, option(bucket))
    });
    let fields = [
        format!("action: Action::{name}"),
        format!("name: {name:?}"),
        format!("summary: {summary:?}"),
        format!("family: {family:?}"),
        format!("get: {get}"),
        format!("read: {read}"),
        format!("token: {token}"),
        format!("paging: {}", option(paging)),
        format!("rate: {}", option(rate)),
    ];
    writeln!(out, "    Facts {{\n        {},\n    }},", fields.join(",\n        ")).expect("a text");
}

fn option(value: Option<String>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

fn errors(codes: &[ErrorCode]) -> String {
    let mut text = header("The error codes of the service and of the gateway before it, by code.");
    text.push_str("error_codes! {\n");
    assert!(codes.is_sorted_by_key(|code| &code.code), "the errors are not sorted");
    for ErrorCode {
        code,
        http,
        meaning,
        retry,
    } in codes
    {
        let retry = match retry.as_str() {
            "no" => "Never",
            "same" => "Same",
            "elsewhere" => "Elsewhere",
            "fresh-signature" => "FreshSignature",
            "after-credential-refresh" => "FreshCredentials",
            "after-state-change" => "AfterStateChange",
            "not-a-failure" => "NotAFailure",
            other => panic!("no word for {other}"),
        };
        let statuses: Vec<String> = http.iter().map(u16::to_string).collect();
        writeln!(text, "    {code:?} {} {retry} {meaning:?};", statuses.join(" ")).expect("a text");
    }
    text.push_str("}\n");
    text
}

fn endpoints(regions: &[RegionEndpoint]) -> String {
    let mut text = header("The endpoints of the regions, by region: on the internet, inside a VPC.");
    text.push_str("regions! {\n");
    assert!(
        regions.is_sorted_by_key(|region| &region.region),
        "the regions are not sorted"
    );
    for RegionEndpoint { region, public, vpc } in regions {
        let vpc = vpc.as_ref().map(|vpc| format!(" {vpc:?}")).unwrap_or_default();
        writeln!(text, "    {region:?}: {public:?}{vpc};").expect("a text");
    }
    text.push_str("}\n");
    text
}
