/** Mean and biased variance of the columns of data that comes in pieces, in double precision. Chan et al. 1979. */
export class Moments {
  readonly mean: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
  /** The number of rows. */
  readonly count: number;

  constructor(mean: ArrayLike<number>, variance: ArrayLike<number>, count: number) {
    this.mean = mean;
    this.variance = variance;
    this.count = count;
  }

  /** Of `values`, rows of `columns` numbers one after the other. */
  static of(values: ArrayLike<number>, columns: number): Moments {
    const count = columns > 0 ? values.length / columns : 0;
    const [mean, variance] = [new Float64Array(columns), new Float64Array(columns)];
    for (let i = 0; i < values.length; i++) mean[i % columns] += values[i] / count;
    for (let i = 0; i < values.length; i++) variance[i % columns] += (values[i] - mean[i % columns]) ** 2 / count;
    return new Moments(mean, variance, count);
  }

  /** Of both pieces together. */
  add(other: Moments): Moments {
    if (this.count === 0) return other;
    if (other.count === 0) return this;
    const count = this.count + other.count;
    const [share, rest] = [this.count / count, other.count / count];
    const mean = Float64Array.from(this.mean, (m, i) => m * share + other.mean[i] * rest);
    const variance = Float64Array.from(
      this.variance,
      (v, i) => v * share + other.variance[i] * rest + share * rest * (this.mean[i] - other.mean[i]) ** 2,
    );
    return new Moments(mean, variance, count);
  }
}
