/** What the recipe uses of Angular: its packages are on no server for Maven. */
declare module '@angular/core' {
  export interface SchemaMetadata {
    name: string;
  }
  export const CUSTOM_ELEMENTS_SCHEMA: SchemaMetadata;
  export function Component(options: {
    selector: string;
    schemas: SchemaMetadata[];
    template: string;
  }): <T extends abstract new (...values: never[]) => unknown>(type: T) => T | void;
}
