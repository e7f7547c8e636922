// What the glue reads in a row: nothing but the id of its event.

/** The id of the event in a row: in JSON, or in the query of a GET request. */
export const eventIdOf = (row: string): string | undefined =>
  (row[1] === 'g' ? /&eid=(.{36})/ : /"eid":"(.{36})/).exec(row)?.[1];
