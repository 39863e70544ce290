//! Lists page by page, in a way that the end cannot be taken for an error, nor an error for the end.

use eci_model::api::{
    CommitTask, ContainerGroup, ContainerGroupStatus, DataCache, DescribeCommitContainerTask,
    DescribeContainerGroupStatus, DescribeContainerGroups, DescribeDataCaches, DescribeImageCaches,
    DescribeVirtualNodes, ImageCache, ListTagResources, Request, TaggedResource, VirtualNode,
};

use super::{Backend, BackendError, BackendExt, Class};

/// A request whose answer may have a further page.
pub trait PagedRequest: Request + Clone {
    /// What the list is of.
    type Item: Send;

    /// Asks for the page of a token.
    fn set_token(&mut self, token: String);

    /// Takes an answer apart: items, and the token of the next page.
    fn page(answer: Self::Answer) -> (Vec<Self::Item>, Option<String>);
}

macro_rules! paged {
    ($($request:ident: $item:ident in $field:ident,)*) => {
        $(impl PagedRequest for $request {
            type Item = $item;

            fn set_token(&mut self, token: String) {
                self.next_token = Some(token);
            }

            fn page(answer: Self::Answer) -> (Vec<$item>, Option<String>) {
                (answer.$field, answer.next_token)
            }
        })*
    };
}

paged! {
    DescribeCommitContainerTask: CommitTask in commit_tasks,
    DescribeContainerGroups: ContainerGroup in container_groups,
    DescribeContainerGroupStatus: ContainerGroupStatus in data,
    DescribeDataCaches: DataCache in data_caches,
    DescribeImageCaches: ImageCache in image_caches,
    DescribeVirtualNodes: VirtualNode in virtual_nodes,
    ListTagResources: TaggedResource in tag_resources,
}

/// A list that is read page by page.
///
/// [`next_page`](Self::next_page) gives `Ok(Some(items))` for a page, `Ok(None)` at the end and only there, and an error otherwise. After
/// an error the same page is asked for again, so a caller may go on. [`all`](Self::all) gives everything or an error, never a part.
///
/// # Example
/// ```
/// use eci_model::api::DescribeContainerGroups;
/// use eci_sdk::backend::Pages;
/// use eci_sdk::sim::{Simulator, World};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
/// let simulator = Simulator::new(World::ideal());
/// let request = DescribeContainerGroups { region_id: "cn-hangzhou".into(), ..Default::default() };
/// let groups = Pages::new(&simulator, request).all().await?;
/// assert!(groups.is_empty());
/// # Ok::<(), eci_sdk::backend::BackendError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Pages<'b, B: ?Sized, R> {
    backend: &'b B,
    request: R,
    /// The token of the page before, to notice a list that goes in a circle.
    before: Option<String>,
    ended: bool,
}

impl<'b, B: Backend + ?Sized, R: PagedRequest> Pages<'b, B, R> {
    /// The pages of a list, from the one that the request asks for.
    pub const fn new(backend: &'b B, request: R) -> Self {
        Self {
            backend,
            request,
            before: None,
            ended: false,
        }
    }

    /// The next page; `None` at the end. A page may be empty and not the last.
    ///
    /// # Errors
    /// What [`Backend::call`] gives, and code `RepeatedToken` of [`Class::Never`] when a page names itself as the next one.
    pub async fn next_page(&mut self) -> Result<Option<Vec<R::Item>>, BackendError> {
        if self.ended {
            return Ok(None);
        }
        let answer = self.backend.send(self.request.clone()).await?;
        let (items, token) = R::page(answer);
        match token.filter(|token| !token.is_empty()) {
            None => self.ended = true,
            Some(token) if self.before.as_ref() == Some(&token) => {
                let message = format!("the page of token `{token}` names itself as the next one");
                return Err(BackendError::new("RepeatedToken", message).class(Class::Never));
            }
            Some(token) => {
                self.request.set_token(token.clone());
                self.before = Some(token);
            }
        }
        Ok(Some(items))
    }

    /// Everything on all pages that are left.
    ///
    /// # Errors
    /// As [`next_page`](Self::next_page); what was read before is dropped, so that a part is never taken for the whole.
    pub async fn all(mut self) -> Result<Vec<R::Item>, BackendError> {
        let mut all = Vec::new();
        while let Some(items) = self.next_page().await? {
            all.extend(items);
        }
        Ok(all)
    }
}
