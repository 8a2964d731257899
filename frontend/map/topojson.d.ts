declare module "topojson-client" {
  type Topology = { objects: Record<string, unknown> };
  export function feature(topology: Topology, object: unknown): GeoJSON.Feature | GeoJSON.FeatureCollection;
  export function mesh(topology: Topology, object: unknown, filter: (a: unknown, b: unknown) => boolean): GeoJSON.MultiLineString;
}
