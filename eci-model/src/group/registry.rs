//! Logging in to registries: what the pod's pull Secrets hold.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use super::material::Content;
use crate::api::ImageRegistryCredential;

/// Server, user and password of each entry of a docker configuration; a Secret of another form has none.
///
/// `auth` counts first and user and password fill in where it is empty or cannot be read; other members of the document are passed over.
pub(super) fn credentials(secret: &Content) -> Vec<ImageRegistryCredential> {
    let (text, is_nested) = match (secret.get(".dockerconfigjson"), secret.get(".dockercfg")) {
        (Some(text), _) => (text, true),
        (None, Some(text)) => (text, false),
        (None, None) => return Vec::new(),
    };
    let Ok(json) = serde_json::from_slice::<Json>(text.value.expose_secret()) else {
        return Vec::new();
    };
    let entries = if is_nested { json.get("auths") } else { Some(&json) };
    let entries = entries.and_then(Json::as_object).into_iter().flatten();
    entries
        .filter_map(|(server, entry)| credential(server, entry))
        .collect()
}

fn credential(server: &str, entry: &Json) -> Option<ImageRegistryCredential> {
    let field = |name: &str| {
        let text = entry.get(name)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let pair = || {
        let bytes = STANDARD.decode(field("auth")?.trim()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (user, password) = text.split_once(':')?;
        (!user.is_empty()).then(|| (user.to_owned(), password.to_owned()))
    };
    let (user, password) = pair().or_else(|| Some((field("username")?, field("password")?)))?;
    Some(ImageRegistryCredential {
        server: Some(host(server).to_owned()),
        user_name: Some(user),
        password: Some(password.into()),
    })
}

/// A registry as the API takes it: without scheme and path, and the hub by one name.
fn host(server: &str) -> &str {
    let plain = server.split_once("://").map_or(server, |(_, rest)| rest);
    match plain.split('/').next().unwrap_or(plain) {
        "index.docker.io" | "registry-1.docker.io" | "registry.hub.docker.com" => "docker.io",
        host => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::material::Entry;

    fn read(key: &str, json: &Json) -> Vec<(String, String, String)> {
        let entry = Entry::text(json.to_string().into_bytes());
        let read = credentials(&Content::from([(key.to_owned(), entry)]));
        let mut read: Vec<_> = read
            .into_iter()
            .map(|it| {
                let password = it.password.map(crate::Sensitive::into_exposed_secret);
                (
                    it.server.unwrap_or_default(),
                    it.user_name.unwrap_or_default(),
                    password.unwrap_or_default(),
                )
            })
            .collect();
        read.sort();
        read
    }

    fn one(server: &str, user: &str, password: &str) -> Vec<(String, String, String)> {
        vec![(server.into(), user.into(), password.into())]
    }

    #[test]
    fn auth_stands_in_for_user_and_password_and_wins() {
        let auth = STANDARD.encode("ci:pa:ss");
        for entry in [
            serde_json::json!({"auth": auth}),
            serde_json::json!({"auth": auth, "username": "", "password": ""}),
            serde_json::json!({"auth": auth, "username": "other", "password": "other"}),
        ] {
            let json = serde_json::json!({"auths": {"registry.example.com": entry}});
            assert_eq!(
                read(".dockerconfigjson", &json),
                one("registry.example.com", "ci", "pa:ss")
            );
        }
        let json = serde_json::json!({"auths": {"a.example": {"auth": "!", "username": "u", "password": "p"}}});
        assert_eq!(read(".dockerconfigjson", &json), one("a.example", "u", "p"));
    }

    #[test]
    fn servers_lose_scheme_and_path() {
        let entry = serde_json::json!({"username": "u", "password": "p"});
        for (server, host) in [
            ("https://index.docker.io/v1/", "docker.io"),
            (
                "registry-vpc.cn-hangzhou.aliyuncs.com/shop",
                "registry-vpc.cn-hangzhou.aliyuncs.com",
            ),
            ("http://10.0.0.1:5000/v2/", "10.0.0.1:5000"),
            ("docker.io", "docker.io"),
        ] {
            assert_eq!(
                read(".dockercfg", &serde_json::json!({server: entry})),
                one(host, "u", "p"),
                "{server}"
            );
        }
    }

    #[test]
    fn what_is_no_configuration_gives_nothing() {
        for json in [
            serde_json::json!([1]),
            serde_json::json!({"auths": {"a": {"identitytoken": "x"}}}),
            Json::Null,
        ] {
            assert_eq!(read(".dockerconfigjson", &json), []);
        }
        assert_eq!(read("password", &Json::Null), []);
    }
}
