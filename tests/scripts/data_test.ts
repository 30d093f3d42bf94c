import { assertEquals, assertStringIncludes } from "@std/assert";
import { mirrorTest } from "../datasets/mirror.ts";
import { filesIn, withPlaces } from "../datasets/places.ts";

const script = new URL("../../scripts/data.ts", import.meta.url).pathname;

async function data(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", script, ...args],
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

mirrorTest("./baeum data fetches, lists, verifies and removes", "boston-housing/boston_housing.npz", async (mirror) => {
  await withPlaces(async ({ cache }) => {
    Deno.env.set("BAEUM_MIRROR", mirror);
    const path = `${cache}/datasets/boston-housing/boston_housing.npz`;
    assertEquals((await data("bostonhousing")).out, "bostonHousing: ready\n");
    const { out } = await data();
    assertStringIncludes(out, "0.057 MB cached");
    assertStringIncludes(out, `0.057 MB in ${cache}/datasets`);
    assertEquals(await data("--verify", "bostonHousing"), {
      code: 0,
      out: "bostonHousing: 1 file as published\n",
      err: "",
    });
    await Deno.writeFile(`${path}.part`, new Uint8Array(1000));
    assertStringIncludes((await data()).out, "0.057 MB cached, 0.001 MB begun");
    await Deno.truncate(path, 1000);
    const verified = await data("--verify");
    assertEquals(verified.code, 1);
    assertStringIncludes(verified.err, `${path} is not the published file`);
    const stored = "datasets/boston-housing/boston_housing.npz";
    assertEquals(await filesIn(cache), [stored, `${stored}.part`]);
    assertEquals((await data("--remove", "bostonHousing")).code, 0);
    assertEquals(await filesIn(cache), []);
  });
});

Deno.test("./baeum data names the data sets there are when it is asked for another", async () => {
  await withPlaces(async () => {
    const unknown = await data("imagenet");
    assertEquals(unknown.code, 2);
    assertStringIncludes(unknown.err, 'There is no data set "imagenet". There are: mnist, fashionMnist');
    assertEquals((await data("--remove")).code, 2);
  });
});
