/**
 * The longest time, in milliseconds, in which nothing else could run on this thread while `work` went on.
 *
 * A message is sent round and round; the longest gap between two arrivals is the longest task. The browser's own
 * `longtask` entries begin at 50 ms, which is the goal itself.
 */
export async function longestTaskDuring(work: () => Promise<void>): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) port2.postMessage(null);
  };
  port2.postMessage(null);
  await work();
  isOver = true;
  // A task that ends with the work itself is seen by the next arrival.
  await new Promise((resolve) => setTimeout(resolve));
  port1.close();
  return longest;
}
