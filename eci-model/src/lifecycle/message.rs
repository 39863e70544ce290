//! How much of the messages that containers leave behind is kept (Container termination messages, 2024-02-19).

use k8s_openapi::api::core::v1::ContainerStatus;

/// Bytes of one message.
const EACH: usize = 4 * 1024;
/// Bytes of all messages of a pod.
const ALL: usize = 12 * 1024;

/// How many bytes of each message are kept, for messages of these lengths.
///
/// At most 4 KB each; where all together exceed 12 KB, every container gets an equal share.
///
/// # Example
/// ```
/// use eci_model::lifecycle::message_share;
///
/// assert_eq!(message_share([100, 9000]), 4096);
/// assert_eq!(message_share([4096; 12]), 1024);
/// ```
pub fn message_share(lengths: impl IntoIterator<Item = usize>) -> usize {
    let (mut count, mut sum) = (0_usize, 0_usize);
    for length in lengths {
        count += 1;
        sum += length.min(EACH);
    }
    if sum <= ALL { EACH } else { ALL / count.max(1) }
}

/// Cuts the messages of ended containers to their share.
pub(super) fn shorten<'s>(statuses: impl Iterator<Item = &'s mut ContainerStatus>) {
    let messages = statuses.filter_map(|status| status.state.as_mut()?.terminated.as_mut()?.message.as_mut());
    let mut messages: Vec<&mut String> = messages.collect();
    let share = message_share(messages.iter().map(|message| message.len()));
    for message in &mut messages {
        let mut end = share.min(message.len());
        while !message.is_char_boundary(end) {
            end -= 1;
        }
        message.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_container_gets_its_share() {
        for (lengths, share) in [
            (vec![], 4096),
            (vec![5000], 4096),
            (vec![4096; 3], 4096),
            (vec![4096; 4], 3072),
            (vec![4096; 12], 1024),
            (vec![10; 20], 4096),
            (vec![9000, 9000, 9000, 1], 3072),
        ] {
            assert_eq!(message_share(lengths.iter().copied()), share, "{lengths:?}");
        }
    }

    #[test]
    fn a_cut_never_splits_a_letter() {
        let mut status = ContainerStatus::default();
        let ended = status.state.get_or_insert_default().terminated.get_or_insert_default();
        ended.message = Some("é".repeat(3000));
        let mut statuses = vec![status; 4];
        shorten(statuses.iter_mut());
        let state = statuses[0].state.as_ref().and_then(|state| state.terminated.as_ref());
        assert_eq!(
            state.and_then(|ended| ended.message.as_ref()).map(String::len),
            Some(3072)
        );
        let odd = statuses.iter_mut().take(1).chain([]);
        shorten(odd);
    }
}
