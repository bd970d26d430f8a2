"""
A simulated operator of fibre and mobile, with a shop: the exports its systems would give.

Seeded, so that everybody sees the same company. `customer` is one person and the person's time;
`fibre`, `purchase` and `repair` are what people live; `exports` is how each system writes it down,
as untidily as real ones; `people` lets everybody live. What is known to be true of it stands in
`planted.yaml`.
"""
