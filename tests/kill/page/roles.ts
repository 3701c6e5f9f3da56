import type { Visit } from './visit.ts';

interface Part {
  main(visit: Visit): Promise<void>;
}

export const roles = {
  write: (): Promise<Part> => import('./write.ts'),
  settle: (): Promise<Part> => import('./settle.ts'),
  dump: (): Promise<Part> => import('./dump.ts'),
  load: (): Promise<Part> => import('./load.ts'),
};
export type Role = keyof typeof roles;
