"""Deletes a topic, as an operator might by mistake.
usage: lose_topic.py BOOTSTRAP TOPIC"""

import sys

from confluent_kafka.admin import AdminClient

admin = AdminClient({"bootstrap.servers": sys.argv[1]})
admin.delete_topics([sys.argv[2]], operation_timeout=10)[sys.argv[2]].result()
