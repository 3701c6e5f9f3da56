/**
 * Resolves in a later task, so that the page can paint and answer in between. By a message: timers that follow each
 * other wait at least 4 ms (HTML, timers), which adds up over hundreds of pauses.
 */
export function pauseInPage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
