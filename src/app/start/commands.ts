/**
 * What a person may do about a problem without changing anything: commands, bound once by whoever mounts the views.
 * Everything that changes something is an event of the machine.
 */
export interface ProblemCommands {
  /**
   * Hands out everything stored, as found.
   *
   * @returns once the file was handed over
   * @throws when nothing can be read at all
   */
  downloadStored(): Promise<void>;
  /** Hands out every record that this page holds, edits included. */
  downloadMemory(): void;
  /** Hands out the edits that are not saved. */
  downloadChanges(): void;
  reload(): void;
  /** Opens the page that shows what is stored without the app. */
  openSafeMode(): void;
  /** Puts a report on the clipboard, or shows it to be copied by hand; says so. */
  copyReport(text: string): Promise<void>;
  /** Opens recovery for the records that were set aside, in the dialog slot. */
  reviewDamage(): void;
}
