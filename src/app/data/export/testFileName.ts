const MARK = '-test-values';

/** The name of a file, which says where test values stand in it: nobody should take that one for a backup. */
export function testFileName(name: string, withTestValues: boolean): string {
  const bare = name.replace(MARK, '');
  return withTestValues ? bare.replace(/(\.[^.]*)?$/, `${MARK}$1`) : bare;
}
