import type { PageLife } from '../../src/environment.ts';

/** A page that a test hides, shows, sends away and takes back. */
export function pageLife() {
  const tasks = {
    hidden: new Set<Task>(),
    leaving: new Set<Task>(),
    shown: new Set<Task>(),
    returned: new Set<Task>(),
  };
  const adding = (to: Set<Task>) => (task: Task) => {
    to.add(task);
    return () => to.delete(task);
  };
  const running = (all: Set<Task>) => () => {
    for (const task of all) task();
  };
  const life: PageLife = {
    onHidden: adding(tasks.hidden),
    onLeaving: adding(tasks.leaving),
    onShown: adding(tasks.shown),
    onReturned: adding(tasks.returned),
  };
  return {
    life,
    hide: running(tasks.hidden),
    leave: running(tasks.leaving),
    show: running(tasks.shown),
    comeBack: running(tasks.returned),
    listeners: () => Object.values(tasks).reduce((sum, { size }) => sum + size, 0),
  };
}
type Task = () => void;
