/**
 * Logarithm, sine and cosine of float32 numbers as the GNU C library computes them (2.28 and later), which TensorFlow's
 * normal numbers are made with. JavaScript's own, rounded to float32, differ from them in the last bit of one number in
 * seventy.
 *
 * The polynomials and tables are those of Arm's optimized routines (`logf.c`, `sincosf.c`, MIT licence), in 64 bits.
 */

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

// 1 / c and log(c) for the middles c of 16 stretches of [0.7, 1.4), one after the other.
// deno-fmt-ignore
const LOG_TABLE = Float64Array.of(
  1.398907162146528, -0.33569133332882284,
  1.3403141896637998, -0.2929040563774074,
  1.286432210124115, -0.2518726580937369,
  1.2367150214269895, -0.21245868807117255,
  1.1906977166711752, -0.17453945183745634,
  1.1479821020556429, -0.1380057072319758,
  1.1082251448272158, -0.10275976698545139,
  1.0711297413057381, -0.06871392447020525,
  1.036437278977283, -0.0357891387398228,
  1.0, 0.0,
  0.9492859795739057, 0.05204517742929496,
  0.8951049428609004, 0.11081431298787942,
  0.8476821620351103, 0.1652495223695143,
  0.8050314851692001, 0.21687389031699977,
  0.7664671008843108, 0.2659635028121397,
  0.731428603316328, 0.3127556664073557,
);
const LN2 = 0.6931471805599453;
const [LOG_A0, LOG_A1, LOG_A2] = [-0.25089342214237154, 0.333456765744066, -0.4999997485802103];

/** The logarithm of a positive, normal float32. */
export function logf(x: number): number {
  if (x === 1) return 0;
  float[0] = x;
  const bits = word[0];
  const shifted = (bits - 0x3f330000) | 0;
  const i = (shifted >>> 19) & 15;
  word[0] = bits - (shifted & 0xff800000);
  const r = float[0] * LOG_TABLE[2 * i] - 1;
  const base = LOG_TABLE[2 * i + 1] + (shifted >> 23) * LN2;
  const r2 = r * r;
  return Math.fround((LOG_A0 * r2 + (LOG_A1 * r + LOG_A2)) * r2 + (base + r));
}

const TWO_OVER_PI = 0.6366197723675814;
const HALF_PI = 1.5707963267948966;
const [C1, C2, C3, C4] = [-0.49999999725108224, 0.041666623324344516, -0.001388676379437604, 2.4390450703564542e-05];
const [S1, S2, S3] = [-0.16666654943701084, 0.008332178146138854, -0.00019517298981385725];

/** The sine of a float32 from 0 to 2π. */
export function sinf(x: number): number {
  const quarter = quarterOf(x);
  return inQuarter(x - quarter * HALF_PI, quarter);
}

/** The cosine of a float32 from 0 to 2π. */
export function cosf(x: number): number {
  const quarter = quarterOf(x);
  return inQuarter(x - quarter * HALF_PI, quarter + 1);
}

/** The multiple of π/2 that lies nearest. */
function quarterOf(x: number): number {
  return Math.floor(x * TWO_OVER_PI + 0.5);
}

/** The sine of `x + quarter · π/2`, `x` from −π/4 to π/4. */
function inQuarter(x: number, quarter: number): number {
  const x2 = x * x;
  const value = quarter & 1 ? cosine(x2) : sine(x, x2);
  return Math.fround(quarter & 2 ? -value : value);
}

function sine(x: number, x2: number): number {
  const x3 = x2 * x;
  return x + x3 * S1 + x3 * x2 * (S2 + x2 * S3);
}

function cosine(x2: number): number {
  const x4 = x2 * x2;
  return 1 + x2 * C1 + x4 * C2 + x4 * x2 * (C3 + x2 * C4);
}
