//! The memory of a long stream: what reading and judging documents one by one holds at most, as the stream grows.
//!
//! Only the ratio within one run means anything; `cargo bench -p eci-sdk --bench stream` prints it. Objects have the same names again and
//! again: what stays of each new name for rules about several objects is not what is measured here.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "printing ratios is what it does"
)]

use std::io::{BufReader, Read};

use eci_sdk::manifest::{Reader, Stream};
use eci_sdk::{Cluster, Edition, Planner};

/// Documents of the short stream; the long one has a hundred times as many.
const DOCUMENTS: usize = 1_000;

const DOCUMENT: &str = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  labels: {app: web, \
    alibabacloud.com/eci: \"true\"}\n  annotations:\n    k8s.aliyun.com/eci-use-specs: 2-4Gi\nspec:\n  containers:\n  - name: \
    main\n    image: registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4\n    env:\n    - {name: COLOR, value: green}\n    resources:\n      \
    limits: {cpu: 2, memory: 4Gi}\n";

fn main() {
    let (short, long) = (peak(DOCUMENTS), peak(100 * DOCUMENTS));
    match (short, long) {
        (Some(short), Some(long)) => {
            let percent = long * 100 / short;
            println!("a stream of {} MB", DOCUMENT.len() * 100 * DOCUMENTS / 1_000_000);
            println!(
                "holds {}.{:02} of the memory of one of a hundredth",
                percent / 100,
                percent % 100
            );
        }
        _ => println!("not measured: this system does not tell what a process has held at most"),
    }
}

/// Judges a stream; gives what the process has held at most, in KiB.
fn peak(documents: usize) -> Option<u64> {
    let planner = Planner::new(Cluster::new(Edition::Ack)).without_plans();
    let mut bound = 0;
    for document in Stream::new(Reader::new(), "-", BufReader::new(Repeated::new(documents))) {
        for object in document.expect("it can be read").objects().0 {
            let routing = planner.review(object.object()).routing;
            bound += usize::from(routing.is_some_and(|routing| routing.may_run_on_eci()));
        }
    }
    assert_eq!(bound, documents, "every document is judged");
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The document so many times over, never as a whole in memory.
struct Repeated {
    left: usize,
    rest: &'static [u8],
}

impl Repeated {
    const fn new(documents: usize) -> Self {
        Self {
            left: documents,
            rest: &[],
        }
    }
}

impl Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() && self.left > 0 {
            self.left -= 1;
            self.rest = DOCUMENT.as_bytes();
        }
        self.rest.read(buffer)
    }
}
