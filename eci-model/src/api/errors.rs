//! The errors of the service: what the codes mean, and whether another try makes sense.

use serde_json::Value as Json;

/// Rows of `code statuses retry meaning`.
macro_rules! error_codes {
    ($($code:literal $($status:literal)+ $retry:ident $meaning:literal;)*) => {
        pub(super) static ERRORS: &[super::ErrorCode] = &[$(super::ErrorCode {
            code: $code,
            statuses: &[$($status),+],
            meaning: $meaning,
            retry: super::Retry::$retry,
        }),*];
    };
}

mod table;

/// An error code of the service, or of the gateway that stands before every product.
///
/// Lists of errors are published per operation but copied between operations, so only the codes themselves are kept
/// (OpenAPI metadata, 2024-06-24; newer codes of 2026-06). Codes that the gateway makes of a parameter's name, `MissingRegionId` or
/// `InvalidVersion`, are not rows of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorCode {
    /// The code, such as `OperationDenied.NoStock`.
    pub code: &'static str,
    /// The HTTP statuses it comes with. Throttling is a 400 here, being out of stock a 403.
    pub statuses: &'static [u16],
    /// What it means.
    pub meaning: &'static str,
    /// Whether to try again.
    pub retry: Retry,
}

/// Whether and how to try again after an error. The judgement is ours; no page gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Wait, then send the same again.
    Same,
    /// Another zone, vSwitch or size may work, with a new token.
    Elsewhere,
    /// Sign again with a new nonce and time.
    FreshSignature,
    /// Get new credentials first.
    FreshCredentials,
    /// Once the object is in another state.
    AfterStateChange,
    /// It is no failure: a dry run passed.
    NotAFailure,
    /// The request must change.
    Never,
}

/// The known codes, sorted.
pub fn error_codes() -> &'static [ErrorCode] {
    table::ERRORS
}

/// Finds a code.
///
/// # Example
/// ```
/// use eci_model::api::errors::{Retry, error_code};
///
/// let code = error_code("OperationDenied.NoStock").expect("a published code");
/// assert_eq!((code.statuses, code.retry), (&[403][..], Retry::Elsewhere));
/// assert!(error_code("ContainerGroup.NotFound").is_none(), "no source has it");
/// ```
pub fn error_code(code: &str) -> Option<&'static ErrorCode> {
    let at = table::ERRORS.binary_search_by_key(&code, |row| row.code).ok()?;
    table::ERRORS.get(at)
}

/// Whether to try again after any code, by the table, else by its form and the HTTP status.
///
/// # Example
/// ```
/// use eci_model::api::errors::{Retry, retry};
///
/// assert_eq!(retry("Throttling.NewKind", 400), Retry::Same);
/// assert_eq!(retry("SomethingElse", 502), Retry::Same);
/// assert_eq!(retry("SomethingElse", 400), Retry::Never);
/// ```
pub fn retry(code: &str, status: u16) -> Retry {
    match error_code(code) {
        Some(known) => known.retry,
        None if code.contains("Throttling") || status >= 500 => Retry::Same,
        None => Retry::Never,
    }
}

/// The body of an error answer.
///
/// # Example
/// ```
/// use eci_model::api::errors::ErrorBody;
///
/// let body = ErrorBody::from_json(r#"{"RequestId": "1-2", "Code": "QuotaExceeded", "Message": "no vCPU left"}"#);
/// assert_eq!(body.expect("an error").code, "QuotaExceeded");
/// assert!(ErrorBody::from_json("<html>bad gateway</html>").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ErrorBody {
    /// The id of the call.
    pub request_id: String,
    /// The host that was asked.
    pub host_id: String,
    /// The code; see [`error_code`].
    pub code: String,
    /// The service's own words.
    pub message: String,
    /// A page that explains the code.
    pub recommend: String,
    /// What a policy denied, as JSON, if it did.
    pub access_denied_detail: Option<String>,
}

impl ErrorBody {
    /// Reads the body of an answer with an error status. Names may start with a capital letter or not. `None` if it is no JSON
    /// object with a code: gateways also answer HTML.
    pub fn from_json(text: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(text).ok()?;
        let member = |name: &str| json.get(name).or_else(|| json.get(small(name)));
        let text = |name| member(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let code = text("Code");
        (!code.is_empty()).then(|| Self {
            request_id: text("RequestId"),
            host_id: text("HostId"),
            code,
            message: text("Message"),
            recommend: text("Recommend"),
            access_denied_detail: member("AccessDeniedDetail").map(Json::to_string),
        })
    }

    /// Writes the body as the service does.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::json!({
            "RequestId": self.request_id,
            "HostId": self.host_id,
            "Code": self.code,
            "Message": self.message,
            "Recommend": self.recommend,
        });
        let detail = self
            .access_denied_detail
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        if let (Some(detail), Some(members)) = (detail, json.as_object_mut()) {
            members.insert("AccessDeniedDetail".to_owned(), detail);
        }
        json.to_string()
    }
}

/// `RequestId` as `requestId`.
fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_lowercase())
        .into_iter()
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_row_says_something() {
        assert!(table::ERRORS.is_sorted_by_key(|row| row.code));
        for row in table::ERRORS {
            assert_eq!(error_code(row.code), Some(row));
            assert!(!row.meaning.is_empty() && !row.statuses.is_empty(), "{}", row.code);
        }
    }

    #[test]
    fn what_is_busy_elsewhere_is_not_a_busy_status_here() {
        for (code, status) in [
            ("OperationDenied.NoStock", 403),
            ("QuotaExceeded", 403),
            ("Throttling", 400),
        ] {
            assert_eq!(error_code(code).map(|row| row.statuses), Some(&[status][..]), "{code}");
        }
    }

    #[test]
    fn both_names_of_a_passed_dry_run_are_no_failure() {
        for code in ["DryRunOperation", "DryRun.Success"] {
            assert_eq!(retry(code, 400), Retry::NotAFailure, "{code}");
        }
    }

    #[test]
    fn retries_follow_the_table_then_the_form() {
        for (code, status, expected) in [
            ("Throttling.User", 400, Retry::Same),
            ("Throttling.Vcpu.PerDay", 403, Retry::Never),
            ("Throttling.Tomorrow", 400, Retry::Same),
            ("OperationDenied.NoStock", 403, Retry::Elsewhere),
            ("SignatureNonceUsed", 400, Retry::FreshSignature),
            ("InvalidSecurityToken.Expired", 403, Retry::FreshCredentials),
            ("IncorrectStatus", 400, Retry::AfterStateChange),
            ("InvalidParameter.NotFound", 404, Retry::Never),
            ("Tomorrow", 503, Retry::Same),
            ("Tomorrow.NotFound", 404, Retry::Never),
        ] {
            assert_eq!(retry(code, status), expected, "{code}");
        }
    }

    #[test]
    fn bodies_round_trip_in_both_spellings() {
        let body = ErrorBody {
            request_id: "1-2".into(),
            host_id: "eci.aliyuncs.com".into(),
            code: "Forbidden.RAM".into(),
            message: "denied".into(),
            recommend: String::new(),
            access_denied_detail: Some(r#"{"AuthAction":"eci:ListUsage"}"#.into()),
        };
        assert_eq!(ErrorBody::from_json(&body.to_json()), Some(body.clone()));
        let small = body
            .to_json()
            .replace("\"Code\"", "\"code\"")
            .replace("\"HostId\"", "\"hostId\"");
        assert_eq!(ErrorBody::from_json(&small), Some(body));
    }
}
