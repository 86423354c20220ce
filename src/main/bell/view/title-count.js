/** Some languages have digits of their own. A title ends without the space if there is nothing behind it. */
const COUNT = /^\(\u2066?\p{Nd}+\+?\u2069?\)( |$)/u;

/** Puts the number of unread notifications in front of the title of the document, and takes it away again. */
export function showInTitle(badge) {
  const plain = document.title.replace(COUNT, '');
  const title = badge === '' ? plain : `(${badge}) ${plain}`;
  if (document.title !== title) {
    document.title = title;
  }
}
