import { useSyncExternalStore } from 'react';
import { createMessageDocument, type DocumentSnapshot, type MessageDocument } from './messageDocument.ts';
import { createMessageModel, type MessageModel, type ModelSnapshot } from './messageModel.ts';

/** A message text under edit, with its structure. Lives outside React, so that leaving a page loses nothing. */
export interface Workspace {
  readonly document: MessageDocument;
  readonly model: MessageModel;
}

export function createWorkspace(text: string): Workspace {
  const document = createMessageDocument(text, () => Date.now());
  return { document, model: createMessageModel(document) };
}

export function useDocumentSnapshot({ document }: Workspace): DocumentSnapshot {
  return useSyncExternalStore(document.subscribe, document.getSnapshot);
}

export function useModel({ model }: Workspace): ModelSnapshot {
  return useSyncExternalStore(model.subscribe, model.getSnapshot);
}
