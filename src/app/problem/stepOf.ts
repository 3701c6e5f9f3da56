/** Where a dialog is in its flow: the key of its copy, or `working` while the machine moves by itself. */
export function stepOf(snapshot: { getMeta(): object }): string {
  const [meta] = Object.values(snapshot.getMeta()) as ({ title?: string } | undefined)[];
  return meta?.title ?? 'working';
}
