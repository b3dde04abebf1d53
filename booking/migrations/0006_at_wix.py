from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0004_money'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='booking',
            name='lawful_stage_and_money',
        ),
        migrations.AddField(
            model_name='booking',
            name='switch_to',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name='payment',
            name='visitor_token',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='site',
            name='payment_ways',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='site',
            name='service_ways',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='attempt',
            name='step',
            field=models.CharField(choices=[('create', 'Create'), ('confirm', 'Confirm'), ('watch', 'Watch'), ('tidy', 'Tidy'), ('start', 'Start'), ('look', 'Look'), ('capture', 'Capture'), ('release', 'Release'), ('record', 'Record'), ('hand_off', 'Hand Off'), ('await', 'Await'), ('take_back', 'Take Back'), ('refund_at_wix', 'Refund At Wix'), ('cancel', 'Cancel'), ('refund', 'Refund'), ('record_refund', 'Record Refund'), ('mail_placed', 'Mail Placed'), ('mail_awaiting', 'Mail Awaiting'), ('mail_confirmed', 'Mail Confirmed'), ('mail_declined', 'Mail Declined'), ('mail_cancelled', 'Mail Cancelled'), ('mail_expired', 'Mail Expired'), ('mail_note', 'Mail Note'), ('mail_links', 'Mail Links')], max_length=16),
        ),
        migrations.AlterField(
            model_name='booking',
            name='due',
            field=models.CharField(choices=[('nothing_due', 'nothing_due'), ('due_on_site', 'due_on_site'), ('due', 'due'), ('starting', 'starting'), ('at_wix', 'at_wix'), ('authorised', 'authorised'), ('part_paid', 'part_paid'), ('paid', 'paid'), ('covered', 'covered'), ('refunded', 'refunded'), ('released', 'released')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due__in', ['due', 'due_on_site', 'nothing_due']), ('stage', 'held')), models.Q(('due__in', ['at_wix', 'authorised', 'due', 'due_on_site', 'nothing_due', 'starting']), ('stage', 'placed')), models.Q(('due__in', ['authorised', 'covered', 'due_on_site', 'nothing_due', 'paid', 'part_paid', 'refunded']), ('stage', 'awaiting_owner')), models.Q(('due__in', ['authorised', 'covered', 'due_on_site', 'nothing_due', 'paid', 'part_paid', 'refunded', 'released']), ('stage', 'confirmed')), models.Q(('due__in', ['at_wix', 'authorised', 'covered', 'due', 'due_on_site', 'nothing_due', 'paid', 'part_paid', 'refunded', 'released', 'starting']), ('stage', 'declined')), models.Q(('due__in', ['at_wix', 'authorised', 'covered', 'due', 'due_on_site', 'nothing_due', 'paid', 'part_paid', 'refunded', 'released', 'starting']), ('stage', 'expired')), models.Q(('due__in', ['at_wix', 'authorised', 'covered', 'due', 'due_on_site', 'nothing_due', 'paid', 'part_paid', 'refunded', 'released', 'starting']), ('stage', 'cancelled')), _connector='OR'), name='lawful_stage_and_money'),
        ),
    ]
