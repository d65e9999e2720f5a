"""Estimates pi with the Leibniz series. Usage: python3 calculate_pi.py FILE

FILE holds one number: how many terms of the series to add.
Writes the estimate to pi_estimate.res (text) and pi_estimate.bin (a double, little-endian).
"""
import struct
import sys


def leibniz(terms):
    total = 0.0
    for k in range(terms):
        total += (1.0 if k % 2 == 0 else -1.0) / (2 * k + 1)
    return 4.0 * total


def main():
    with open(sys.argv[1], encoding="ascii") as source:
        terms = int(source.read())
    print(f"Adding {terms} terms", flush=True)
    estimate = leibniz(terms)
    with open("pi_estimate.res", "w", encoding="ascii") as text:
        text.write(f"{estimate!r}\n")
    with open("pi_estimate.bin", "wb") as binary:
        binary.write(struct.pack("<d", estimate))
    print(f"Estimate of pi: {estimate!r}")


if __name__ == "__main__":
    main()
