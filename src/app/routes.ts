import { Archive, FileCode2, LibraryBig, type LucideIcon } from 'lucide-react';
import type { MessageKey } from './words/say.ts';

export const DATA_PATH = '/data';
export const TEMPLATES_PATH = '/templates';

/** The pages that exist, in the order of the navigation. Paths are hash locations: any static host serves them. */
export const PAGES = [
  { path: '/', label: 'page.editor', icon: FileCode2 },
  { path: TEMPLATES_PATH, label: 'page.templates', icon: LibraryBig },
  { path: DATA_PATH, label: 'page.data', icon: Archive },
] as const satisfies readonly { path: string; label: MessageKey; icon: LucideIcon }[];

export const NEW_TEMPLATE_PATH = '/templates/new';

/** The page of one template. Ids from older data may hold any character. */
export function templatePath(id: string): string {
  return `/templates/${encodeURIComponent(id)}`;
}

/** Beside the app, and none of its routes: it shows what is stored when the app cannot. */
export const SAFE_MODE = './safe-mode.html';
