"""Verifies one delivery, given on the standard input, as a receiver does."""

import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

delivery = json.load(sys.stdin)
try:
    print(Webhook(delivery["secret"]).verify(delivery["body"], delivery["headers"])["type"])
except WebhookVerificationError:
    print("refused")
