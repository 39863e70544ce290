//! Values near the grammars: good ones, and good ones with a fault.

use super::Grammar;
use crate::dice::Dice;

/// A value for a key: mostly good, sometimes with a change that may spoil it.
pub(crate) fn value(grammar: Grammar, dice: &mut Dice) -> String {
    let good = good(grammar, dice);
    match dice.below(12) {
        0..=5 => good,
        6 => spaced(&good, dice),
        7 => recased(&good, dice),
        8 => with_item(&good, grammar, dice),
        9 => template(&good, dice),
        _ => damaged(&good, dice),
    }
}

/// A value as the pages show it.
pub(crate) fn good(grammar: Grammar, dice: &mut Dice) -> String {
    match grammar {
        Grammar::Specs => {
            let count = 1 + dice.below(6);
            dice.list(count, spec)
        }
        Grammar::Id(prefix) | Grammar::Sole(prefix) => id(prefix, dice),
        Grammar::Ids(prefix, most) => {
            let count = if dice.one_in(10) { most + 1 } else { 1 + dice.below(3) };
            dice.list(count, |dice| id(prefix, dice))
        }
        Grammar::AcrIds(_) => {
            let count = 1 + usize::from(dice.one_in(3));
            dice.list(count, |dice| {
                format!(
                    "{}{}",
                    dice.of(&["", "cn-beijing:", "ap-southeast-1:"]),
                    id("cri-", dice)
                )
            })
        }
        Grammar::Word(words) => dice.of(words).to_owned(),
        Grammar::WordOr(words, others) => {
            let all = if dice.one_in(3) { others } else { words };
            dice.of(all).to_owned()
        }
        Grammar::Words(words) => {
            let count = 1 + dice.below(2);
            dice.list(count, |dice| dice.of(words).to_owned())
        }
        Grammar::Switch => dice.of(&["true", "false"]).to_owned(),
        Grammar::Number(least, most) => number(least, most, dice),
        Grammar::Price => dice
            .of(&["0.5", "0.25", "0.250", "12", "0", "0.000", "1.2345", "007.5", "-1"])
            .to_owned(),
        Grammar::SpotHours => dice.of(&["0", "1", "2", "6"]).to_owned(),
        Grammar::Families => {
            let count = 1 + dice.below(3);
            dice.list(count, |dice| {
                format!("{}ecs.{}", dice.of(&["", "-"]), dice.of(&["c6", "g6", "hfg7", "sn1ne"]))
            })
        }
        Grammar::Generations => {
            let count = 1 + dice.below(3);
            dice.list(count, |dice| {
                format!(
                    "{}{}",
                    dice.of(&["", "-"]),
                    dice.of(&["3", "4", "5", "6", "7", "8", "9"])
                )
            })
        }
        Grammar::Driver => dice
            .of(&["tesla=470", "tesla=535", "tesla=535.161.08", "grid=470"])
            .to_owned(),
        Grammar::Storage => {
            format!(
                "{}{}",
                dice.of(&[0, 1, 20, 5000, 5001, 90_000]),
                dice.of(&["Gi", "Gi", "Gi", "G", "Mi", ""])
            )
        }
        Grammar::ByteRate => {
            let number = dice.of(&["40", "1", "0", "1.5", "2000000"]);
            let unit = dice.of(&[
                "TB", "T", "GB", "G", "MB", "M", "KB", "K", "B", "", "Mi", "m", "mb", "Gi",
            ]);
            format!("{number}{unit}")
        }
        Grammar::Mbit => format!("{}{}", dice.of(&[1, 100, 200, 2000]), dice.of(&["", "M"])),
        Grammar::Ip => ip(dice),
        Grammar::Ips => {
            let count = 1 + dice.below(3);
            dice.list(count, ip)
        }
        Grammar::Registries => {
            let count = 1 + dice.below(3);
            dice.list(count, |dice| {
                let host = dice.of(&["harbor.pre.com", "192.168.1.9", "reg", "a-b.example.org"]);
                format!("{host}{}", dice.of(&["", "", ":5000", ":80", ":0", ":70000"]))
            })
        }
        Grammar::Arns => {
            let count = 1 + usize::from(dice.one_in(4));
            dice.list(count, |dice| {
                format!(
                    "acs:ram::{}:role/{}",
                    dice.of(&["1609982529000000", "1"]),
                    dice.of(&["assume", "a/b"])
                )
            })
        }
        Grammar::Tags => {
            let count = 1 + dice.below(4);
            dice.list(count, tag)
        }
        Grammar::Count => format!("{}{}", dice.of(&["", "", "-"]), number(1, 99_999, dice)),
        Grammar::CorePattern => dice
            .of(&["/data/dump-a/core", "pod/data/core", "|/bin/catch", "core.%p"])
            .to_owned(),
        Grammar::Star => "*".to_owned(),
        Grammar::Hosts => hosts(dice),
        Grammar::Sysctls => dice
            .of(&[
                r#"[{"name":"net.core.somaxconn","value":"1024"}]"#,
                r#"[{"name":"kernel.sem", "value": "1 2 3 4"},{"value":"5","name":"vm.max_map_count"}]"#,
                r#"[{"name":"net.core.somaxconn","value":1024}]"#,
                r#"[{"name":"net.core.somaxconn"}]"#,
                r#"{"name":"net.core.somaxconn","value":"1024"}"#,
            ])
            .to_owned(),
        Grammar::CommaDns => dice
            .of(&[
                r#"{"nameservers":"10.0.0.1,10.0.0.2","searches":"a.com,b.org","options":"ndots:2,edns0"}"#,
                r#"{"nameservers":"10.0.0.1"}"#,
                r#"{"searches":"a.com"}"#,
                r#"{"nameservers":"10.0.0.1,10.0.0.2,10.0.0.3"}"#,
                r#"{"nameservers":["10.0.0.1"]}"#,
                r#"{"nameservers":"nine"}"#,
                r#"{"nameservers":5}"#,
            ])
            .to_owned(),
        Grammar::ArrayDns => dice
            .of(&[
                r#"{"nameservers":["10.0.0.1"],"searches":["a.com"],"options":[{"name":"ndots","value":"2"}]}"#,
                r#"{"nameservers":["10.0.0.1","10.0.0.2","10.0.0.3"]}"#,
                r#"{"options":[{"name":"edns0"}]}"#,
                r#"{"options":[{"value":"2"}]}"#,
                r#"{"nameservers":"10.0.0.1"}"#,
                r#"{"nameservers":["nine"]}"#,
                r#"{"searches":[5]}"#,
            ])
            .to_owned(),
        Grammar::StorageOptions => dice
            .of(&[
                r#"{"encrypted":"true"}"#,
                r#"{"encrypted":"false"}"#,
                r#"{"encrypted":true}"#,
                r#"{"encrypted":"yes"}"#,
                "{}",
            ])
            .to_owned(),
    }
}

fn hosts(dice: &mut Dice) -> String {
    let count = 1 + dice.below(2);
    let entries = dice.list(count, |dice| {
        let host = dice.of(&["example.com", "db"]);
        let ip = dice.of(&["10.0.0.9", "fd00::9", "10.0.0.256", "nine"]);
        match dice.below(6) {
            0 => format!(r#"{{"ip": "{ip}", "host": "{host}"}}"#),
            1 => format!(r#"{{"host": "{host}"}}"#),
            2 => format!(r#"{{"host":"{host}","ip":7}}"#),
            _ => format!(r#"{{"host":"{host}","ip":"{ip}"}}"#),
        }
    });
    format!("[{entries}]")
}

fn spec(dice: &mut Dice) -> String {
    if dice.one_in(3) {
        return dice
            .of(&[
                "ecs.c6.large",
                "ecs.gn6i-c4g1.xlarge",
                "ecs.g8y.large",
                "ecs.c6",
                "ecs.c6.2xlarge",
            ])
            .to_owned();
    }
    let vcpu = dice.of(&["0.25", "0.5", "1", "2", "2.0", "4", "7", "16", "64", "1.5"]);
    let gib = dice.of(&["0.5", "1", "1.9", "4", "4.0", "8", "13", "512", "2.50"]);
    format!("{vcpu}-{gib}Gi")
}

fn id(prefix: &str, dice: &mut Dice) -> String {
    let tail = dice.of(&[
        "bp1xpiowfm5vo8o3c1h01",
        "bp1rkyjgr1xwoho6k2a7b",
        "bp15ed6xe1yxeycg7o22",
        "2ze1g68k2melxkklabcd",
        "j36zhodptmyq0123",
        "1",
    ]);
    format!("{prefix}{tail}")
}

fn number(least: u64, most: u64, dice: &mut Dice) -> String {
    let near = [
        least,
        least.saturating_sub(1),
        least.saturating_add(1),
        most.min(99_999_999),
        most.saturating_add(1).min(99_999_999),
        least.saturating_add(30).min(most),
    ];
    dice.of(&near).to_string()
}

fn ip(dice: &mut Dice) -> String {
    dice.of(&[
        "172.16.0.11",
        "100.100.5.1",
        "fd00::11",
        "10.0.0.256",
        "10.0.0",
        "FD00:0::1",
    ])
    .to_owned()
}

fn tag(dice: &mut Dice) -> String {
    let name = dice.of(&["env", "name", "team", "aliyun-x", "", "cost"]);
    let value = dice.of(&["test", "alice", "", "acs:x", "see http://x"]);
    let long = dice.below(30);
    match long {
        0 => format!("{}:v", "k".repeat(65)),
        1 => format!("k:{}", "v".repeat(129)),
        2 => "novalue".to_owned(),
        _ => format!("{name}:{value}"),
    }
}

fn spaced(good: &str, dice: &mut Dice) -> String {
    if dice.one_in(4) {
        return dice.of(&["", " ", "  "]).to_owned();
    }
    good.replace(',', dice.of(&[", ", " ,", " , "]))
}

fn recased(good: &str, dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => good.to_uppercase(),
        1 => good.to_lowercase(),
        _ => {
            let mut letters = good.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

fn with_item(value: &str, grammar: Grammar, dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("{value},{value}"),
        1 => format!("{value},{}", good(grammar, dice)),
        _ => format!("{value},"),
    }
}

fn template(good: &str, dice: &mut Dice) -> String {
    let whole = if good.starts_with(['{', '[']) || good.contains(':') {
        1 + dice.below(3)
    } else {
        dice.below(4)
    };
    if whole == 1 && good.contains("10.0.0.1") {
        return good.replacen("10.0.0.1", "${ADDRESS}", 1);
    }
    match whole {
        0 => format!("{}****", &good[..good.len().min(12)]),
        1 => "${VALUE}".to_owned(),
        2 => "{{ .Values.eci }}".to_owned(),
        _ => "<value>".to_owned(),
    }
}

/// One character is taken away, added or replaced.
fn damaged(good: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = good.chars().collect();
    let place = dice.below(letters.len() + 1);
    let letter = dice.of(&[
        '0', '1', '9', 'a', 'Z', '-', '.', ',', ':', '=', ' ', '"', '{', ']', '/', '_', '+', '\u{e9}',
    ]);
    match dice.below(3) {
        0 if place < letters.len() => {
            letters.remove(place);
        }
        1 if place < letters.len() => letters[place] = letter,
        _ => letters.insert(place, letter),
    }
    letters.into_iter().collect()
}
