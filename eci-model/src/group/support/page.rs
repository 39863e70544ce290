//! The support matrix as a page.

use std::fmt::Write as _;

use super::row::{Context, Row, rows};

/// The support matrix as Markdown, a table a context: what happens to each field, and which rule tells it.
pub fn markdown() -> String {
    let mut page = String::from(
        "\n# Support matrix\n\n\
         What happens to each field of a pod on ECI, in every version of Kubernetes from 1.33 to 1.37.\n\n\
         | treatment | means |\n|---|---|\n\
         | mapped | part of the request |\n\
         | resolved | looked up; what is found is part of the request |\n\
         | told | part of the request in another form; the rule tells how |\n\
         | ignored | no effect; the rule tells it |\n\
         | refused | the pod is refused; the rule tells why, and policies may lower it |\n\
         | kubernetes | acts before or beside the instance: scheduling, admission, the control plane |\n\
         | harmless | no counterpart, and none needed |\n",
    );
    for context in Context::ALL {
        let title = match context {
            Context::Pod => "Pods and volumes",
            Context::App => "Containers",
            Context::Init => "Init containers",
            Context::Probe => "Probes",
            Context::Hook => "Hooks",
            Context::Ephemeral => "Ephemeral containers",
        };
        // Writing to a text cannot fail.
        let _ = write!(
            page,
            "\n## {title}\n\n| type | field | treatment | rule |\n|---|---|---|---|\n"
        );
        for row in rows().iter().filter(|row| row.context == context) {
            let _ = writeln!(page, "{}", line(row));
        }
    }
    page
}

fn line(row: &Row) -> String {
    let Row {
        kind, field, versions, ..
    } = row;
    let since = match (versions.first, versions.last) {
        (0, _) => String::new(),
        (first, u32::MAX) => format!(" (1.{first} on)"),
        (first, last) => format!(" (1.{first} to 1.{last})"),
    };
    let rule = row.treatment.rule().unwrap_or_default();
    format!("| {kind} | `{field}`{since} | {} | {rule} |", row.treatment.name())
}
