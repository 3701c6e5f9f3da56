/**
 * Where one of two texts is scrolled, the other goes to the same share of its height.
 *
 * @returns ends it
 */
export function scrollTogether(one: HTMLElement, other: HTMLElement): () => void {
  // Where each was sent: coming there is no scrolling of its own, or both would push each other.
  const sent = new WeakMap<HTMLElement, number>();
  const follow = (leader: HTMLElement, follower: HTMLElement) => (): void => {
    if (leader.scrollTop === sent.get(leader)) return;
    const share = leader.scrollTop / Math.max(1, leader.scrollHeight - leader.clientHeight);
    follower.scrollTop = Math.round(share * (follower.scrollHeight - follower.clientHeight));
    sent.set(follower, follower.scrollTop);
  };
  const [onOne, onOther] = [follow(one, other), follow(other, one)];
  one.addEventListener('scroll', onOne, { passive: true });
  other.addEventListener('scroll', onOther, { passive: true });
  return () => {
    one.removeEventListener('scroll', onOne);
    other.removeEventListener('scroll', onOther);
  };
}
