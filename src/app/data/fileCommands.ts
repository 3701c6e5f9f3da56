/** What a person may do beside the machines of files, without changing anything. Bound by whoever mounts the views. */
export interface FileCommands {
  /** Puts codes and places on the clipboard; never contents. */
  copyReport(text: string): Promise<void>;
  /** Goes to the list of templates, and shows these of them. */
  showTemplates(ids: readonly string[]): void;
}
